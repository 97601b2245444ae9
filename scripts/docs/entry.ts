import type { PerformedStep } from './perform-procedure.ts';
import type { ScriptSource } from './script-source.ts';
import type { StepSource } from './step-source.ts';

/** A step with all that its page is made of. */
export interface Entry {
  readonly performed: PerformedStep;
  readonly source: StepSource;
}

/** What a page refers to beyond its own step. */
export interface Surroundings {
  /** By the step's id, in the order of the procedure. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly scriptSource: (name: string) => ScriptSource;
}

/** Path of a step's page below the folder of all pages. */
export function pathOf({ performed, source }: Entry): string {
  return `${source.folder}/${performed.step.id}.md`;
}
