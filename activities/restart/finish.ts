import type { StepTask } from '../../workflows/contract.ts';
import type { Ports } from '../ports.ts';
import { drainedSchema } from './drained.ts';
import { takeBack } from './take-back.ts';

/** Takes the host back into service after its restart; done when everything is as it was before. */
export async function finish(ports: Ports, task: StepTask): Promise<void> {
  await takeBack(ports, task, drainedSchema.parse(task.before).drained);
}
