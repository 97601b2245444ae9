import type { Access, PlannedStep } from '../../workflows/contract.ts';
import type { Performed } from './perform-on-paper.ts';
import type { Call } from './recording.ts';
import type { Turn } from './replay.ts';
import type { Sources } from './sources.ts';

/** A secret of the site: what stands for it on paper, and what a person is asked for. */
interface PaperSecret {
  readonly name: string;
  readonly value: string;
}

/** What is known of a step when its calls are written down. */
export interface Setting {
  readonly planned: PlannedStep;
  readonly access: Access;
  readonly secrets: readonly PaperSecret[];
  readonly performed: Performed;
  readonly sources: Readonly<Record<Turn, Sources>>;
  /** The questions whose answers the step's judgement turns on. */
  readonly judged: ReadonlySet<string>;
  /** The file that restarts the host. */
  readonly restartFile: string;
}

/** One call of a turn. */
export interface Made {
  readonly turn: Turn;
  readonly at: number;
  readonly call: Call;
}
