import type { StepTask } from '../../workflows/contract.ts';
import type { Ports } from '../ports.ts';
import { drainedSchema } from './drained.ts';

/** Moves away what the host carries. */
export async function prepare(_ports: Ports, task: StepTask): Promise<void> {
  drainedSchema.parse(task.before);
}
