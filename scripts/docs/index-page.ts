import type { Chapter } from '../../activities/steps/chapter.ts';
import { pathOf, type Entry, type Surroundings } from './entry.ts';
import { bullets, code, page, plain, table } from './markdown.ts';

/** The index: every step in the order of the procedure, a table for each chapter. */
export function indexPage(chapters: readonly Chapter[], { entries }: Surroundings): string {
  return page(
    '# The procedure, step by step',
    'Made by `npm run docs` from the steps themselves, which are performed on the simulated estate of the sample site for it. Do not edit: change the step.',
    READING,
    ...chapters.flatMap((chapter) => [
      `## ${chapter.number}. ${plain(chapter.title)}`,
      chapterTable([...entries.values()].filter(({ performed }) => performed.chapter === chapter)),
    ]),
  );
}

const READING = bullets([
  'Names and addresses are those of the sample site; `‹…›` stands for what differs from estate to estate.',
  'A step is planned once for each host, under a key such as `create-cluster@NODE-A`; the command line takes that key.',
  'Its scripts are those that looking and changing ran on the sample estate. Another estate can need others of the same step, and every change stands behind a fence on its host or instance, whose scripts are not listed.',
  'Listed errors are those that the file of the step makes, or the file of its kind (drills, installations). What all steps share has further ones; each says itself what to do.',
  'A source in *italics* is a page of documentation of that name; “domain facts” is the specification that the procedure was written from.',
]);

function chapterTable(entries: readonly Entry[]): string {
  return table(
    ['step', 'id', 'kind', 'asks', 'undo'],
    entries.map((entry) => {
      const { step } = entry.performed;
      return [
        `[${plain(step.title)}](${pathOf(entry)})`,
        code(step.id),
        step.kind,
        step.asks,
        step.kind === 'check' ? '' : { auto: 'by itself', asks: 'asks', kept: 'none' }[step.undoPolicy.kind],
      ];
    }),
  );
}
