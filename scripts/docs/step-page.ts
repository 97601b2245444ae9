import { FINDINGS } from '../../activities/findings/known.ts';
import { bullets, code, page, plain, prose, section, table } from './markdown.ts';
import type { Entry, Surroundings } from './entry.ts';
import type { Ran } from './perform-procedure.ts';
import { linked } from './source-pages.ts';
import { factsOf } from './step-facts.ts';

/** The page of one step. */
export function stepPage(entry: Entry, around: Surroundings): string {
  const { step, chapter, before, ran, ranByUndo, planned } = entry.performed;
  const { file, prose: paragraphs, sources } = entry.source;
  const here = `here of ${plain(planned[0]?.host ?? '')}`;
  return page(
    `# ${plain(step.title)}`,
    `${code(step.id)}, a ${step.kind} of [chapter ${chapter.number}: ${plain(chapter.title)}](../README.md)`,
    `> ${plain(step.why)}`,
    ...paragraphs.map(prose),
    bullets(factsOf(entry, around)),
    section(`What it says where it is not in place (${here})`, bullets(before.shortfall.map(plain))),
    section(`The question at its gate (${here})`, before.gate && `> ${plain(before.gate)}`),
    section('What it may find', findingTable(entry, around)),
    section(`What to do about what it finds (${here})`, before.advice && plain(before.advice)),
    section('Scripts', scriptTable(ran, around) ?? 'It runs none.'),
    section('Scripts of its undo', scriptTable(ranByUndo, around)),
    section('Errors that ask for somebody', errorTable(entry)),
    section('Sources', bullets(sources.map((source) => linked(prose(source))))),
    `The step's file: [${file}](../../../${file})`,
  );
}

function findingTable({ source: { finds } }: Entry, { entries }: Surroundings): string | null {
  if (finds.length === 0) return null;
  const titleOf = (id: string) => plain(entries.get(id)?.performed.step.title ?? id);
  const rows = finds.map((id) => {
    const { severity, breaks, advice } = FINDINGS[id];
    return [code(id), severity, breaks.map(titleOf).join('; '), plain(advice)];
  });
  return table(['name', 'an error stops, a warning asks', 'what it concerns at first', 'what to do'], rows);
}

const OUTCOMES = { read: 'reads', changed: 'changes', unchanged: 'nothing to change', refused: 'refused' };

function scriptTable(ran: Ran, { scriptSource }: Surroundings): string | null {
  const rows = [...ran].map(([name, outcome]) => {
    const { file, says } = scriptSource(name);
    return [OUTCOMES[outcome], `[${code(name)}](../../../${file})`, plain(says)];
  });
  return rows.length === 0 ? null : table(['on the sample estate', 'script', 'what it says of itself'], rows);
}

function errorTable({ source: { errors } }: Entry): string | null {
  if (errors.length === 0) return null;
  return table(
    ['what is', 'what to do'],
    errors.map(({ message, advice }) => [plain(message), plain(advice)]),
  );
}
