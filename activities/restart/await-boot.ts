import type { StepTask } from '../../workflows/contract.ts';
import { TransientError } from '../failures.ts';
import type { Ports } from '../ports.ts';
import { drainedSchema } from './drained.ts';

/** Answers only when the host has started anew; runs on the host's own queue, so its agent is back too. */
export async function awaitBoot({ powershell }: Ports, task: StepTask): Promise<void> {
  const { bootId } = drainedSchema.parse(task.before);
  const now = await powershell.run('getBoot', {});
  if (now.bootId === bootId) throw new TransientError(`${task.host} has not restarted yet`, 'busy');
}
