import type { StepTask } from '../../workflows/contract.ts';
import type { Ports } from '../ports.ts';
import { drainedSchema } from './drained.ts';

/** Asks for the restart, unless this boot is over already: never twice for the same boot. */
export async function begin({ powershell }: Ports, task: StepTask): Promise<void> {
  const { bootId } = drainedSchema.parse(task.before);
  await powershell.run('requestRestart', { bootId });
}
