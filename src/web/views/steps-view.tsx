import { chapterTitle, STEP_WORDS } from '../../present/words.ts';
import type { ShownStep } from '../../client/shown-run.ts';
import type { StepState } from '../../../workflows/contract.ts';
import { Agreement } from './agreement.tsx';
import { Part } from './part.tsx';
import type { RunSight } from './run-sight.ts';
import { pastsOf } from './step-length.tsx';
import { StepRow } from './step-row.tsx';

/** Chapters and their steps from top to bottom, hosts from left to right. */
export function StepsView(sight: RunSight) {
  const { run } = sight;
  const hosts = hostsOf(run.steps);
  const isWide = hosts.length > WIDE;
  const pasts = pastsOf(sight);
  const chapters = [...new Set(run.steps.map(({ chapter }) => chapter))];
  if (run.steps.length === 0) return <p class="empty">The plan is being made.</p>;
  return (
    <>
      <div class={`scroll${isWide ? ' sheet' : ''}`} tabindex={0} role="region" aria-label="Steps">
        <table class={`steps${isWide ? ' many' : ''}`}>
          <thead>
            <tr>
              <th scope="col">Step</th>
              {hosts.map((host) => (
                <th scope="col">{host}</th>
              ))}
            </tr>
          </thead>
          {chapters.map((chapter) => (
            <tbody>
              <tr class="chapter">
                <th scope="colgroup" colspan={hosts.length + 1}>
                  <span class="name">
                    {chapter} {chapterTitle(chapter)}
                  </span>
                </th>
              </tr>
              {rowsOf(run.steps, chapter).map(([id, steps]) => (
                <StepRow id={id} steps={steps} hosts={hosts} sight={sight} pasts={pasts} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <Legend steps={run.steps} />
      <Agreement run={run} />
    </>
  );
}

/** With more hosts than this the cells show symbols alone, and the table scrolls by itself. */
const WIDE = 8;

/** Nodes and workers in the order of the plan. */
function hostsOf(steps: readonly ShownStep[]): readonly string[] {
  return [...new Set(steps.map(({ host }) => host))];
}

function rowsOf(
  steps: readonly ShownStep[],
  chapter: number,
): readonly (readonly [string, readonly ShownStep[]])[] {
  const rows = new Map<string, ShownStep[]>();
  for (const step of steps.filter((candidate) => candidate.chapter === chapter)) {
    rows.set(step.id, [...(rows.get(step.id) ?? []), step]);
  }
  return [...rows];
}

/** What the symbols mean, and how many steps stand so. */
function Legend({ steps }: { readonly steps: readonly ShownStep[] }) {
  const counts = (Object.keys(STEP_WORDS) as StepState[])
    .map((state) => ({ state, count: steps.filter((step) => step.state === state).length }))
    .filter(({ count }) => count > 0);
  return (
    <Part id="legend">
      <p id="legend" class="legend">
        {counts.map(({ state, count }) => (
          <span class="entry">
            <span class={`symbol ${STEP_WORDS[state].tone}`} aria-hidden="true">
              {STEP_WORDS[state].symbol}
            </span>{' '}
            {count} {STEP_WORDS[state].word}
          </span>
        ))}
      </p>
    </Part>
  );
}
