import { PLACES } from '../../activities/truth/places.ts';
import type { RunSnapshot, StepSnapshot, TruthCell, Warning } from '../../workflows/contract.ts';

/** One cell of the grid, in full. */
export interface GridCell extends Omit<TruthCell, 'agrees' | 'mendedBy'> {
  /** Which of the eight places it belongs to. */
  readonly number: number;
  readonly title: string;
  readonly state: 'agrees' | 'differs' | 'not known';
  /** Key of the step that mends it; null where it agrees or is not known. */
  readonly mendedBy: string | null;
}

/** What a verification has found. */
export interface Verification {
  readonly site: string;
  readonly runId: string;
  /** True where every place could be read and agrees, and nothing is over. */
  readonly isSound: boolean;
  readonly cells: readonly GridCell[];
  /** What could not be looked at. */
  readonly problems: readonly {
    readonly step: string;
    readonly host: string;
    readonly message: string;
    readonly advice: string;
  }[];
  /** Nearest danger first. */
  readonly warnings: readonly Warning[];
}

/** What the steps of a verification tell, put together; what one of them could not read is not known. */
export function verificationOf({
  site,
  runId,
  steps,
}: Pick<RunSnapshot, 'site' | 'runId' | 'steps'>): Verification {
  const cells = steps.flatMap(cellsOf).toSorted((one, other) => one.number - other.number);
  const problems = steps.flatMap(problemOf);
  const warnings = steps
    .flatMap((step) => step.warnings ?? [])
    .toSorted((one, other) => one.daysLeft - other.daysLeft);
  // One that ended before it had a plan has looked at nothing.
  const isSound =
    steps.length > 0 &&
    problems.length === 0 &&
    cells.every(({ state }) => state === 'agrees') &&
    warnings.every(({ isOver }) => !isOver);
  return { site, runId, isSound, cells, problems, warnings };
}

const ROWS = Object.entries(PLACES);

function cellsOf(step: StepSnapshot): GridCell[] {
  const rows = ROWS.filter(([, { toldBy }]) => toldBy.some((id) => id === step.id));
  return rows.map(([place, { number, title, at }]) => {
    const told = step.truth?.find((cell) => cell.place === place);
    const where = told?.where ?? (at === 'host' ? step.host : at);
    const { value = null, wanted = null, mendedBy = null } = told ?? {};
    const state = told === undefined ? 'not known' : told.agrees ? 'agrees' : 'differs';
    return {
      place,
      number,
      title,
      where,
      value,
      wanted,
      state,
      mendedBy: state === 'differs' ? mendedBy : null,
    };
  });
}

/** A step that could not look; what it found amiss stands in its cells and warnings. */
function problemOf({ key, host, problem, truth, warnings, state }: StepSnapshot): Verification['problems'] {
  if (truth !== undefined || warnings !== undefined) return [];
  const message = problem?.message ?? (state === 'pending' ? 'It was not looked at' : null);
  return message === null ? [] : [{ step: key, host, message, advice: problem?.advice ?? 'Look again.' }];
}
