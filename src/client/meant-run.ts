import { OperatorError } from '../../activities/failures.ts';
import { shortIdOf, siteOf } from './run-ids.ts';

/** Several runs go on and none was named; none of them is guessed. */
export class SeveralGoOn extends OperatorError {
  constructor(workflowIds: readonly string[]) {
    const names = workflowIds.map(shortIdOf);
    super(`${names.length} runs go on: ${names.join(', ')}`, `Name the one that you mean: --run ${names[0]}`);
  }
}

interface Named {
  readonly workflowId: string;
}

/**
 * Those of some runs, the last started first, that are meant: all that go on, else the last one. A verification
 * comes and goes by itself: it is meant only where nothing else is.
 */
export function meantAmong<Run extends Named>(
  runs: readonly Run[],
  isOpen: (run: Run) => boolean,
): readonly Run[] {
  const open = rather(runs.filter(isOpen));
  return open.length > 0 ? open : rather(runs).slice(0, 1);
}

/** The one that is meant where nobody named any; undefined where there is none. Throws SeveralGoOn. */
export function oneAmong<Run extends Named>(
  runs: readonly Run[],
  isOpen: (run: Run) => boolean,
): Run | undefined {
  const meant = meantAmong(runs, isOpen);
  if (meant.length > 1) throw new SeveralGoOn(meant.map(({ workflowId }) => workflowId));
  return meant[0];
}

function rather<Run extends Named>(runs: readonly Run[]): readonly Run[] {
  const others = runs.filter(({ workflowId }) => siteOf(workflowId).mode !== 'verify');
  return others.length > 0 ? others : runs;
}
