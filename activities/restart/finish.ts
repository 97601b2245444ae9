import type { StepTask } from '../../workflows/contract.ts';
import type { Ports } from '../ports.ts';
import { drainedSchema } from './drained.ts';

/** Takes the host back. */
export async function finish(_ports: Ports, task: StepTask): Promise<void> {
  drainedSchema.parse(task.before);
}
