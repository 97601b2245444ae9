import { condition, defineQuery, proxyActivities, setHandler } from '@temporalio/workflow';
import type { Access, Build, StepTask } from '../../workflows/contract.ts';

/** Answers a query with nothing, for as long as it is let. */
export async function idle(): Promise<void> {
  setHandler(defineQuery<null>('nothing'), () => null);
  await condition(() => false);
}

/** One activity of ours and a bare one in turn. */
export async function alternate(given: {
  readonly rounds: number;
  readonly build: Build;
  readonly access: Access;
}): Promise<void> {
  const activities = proxyActivities<Record<string, (task?: StepTask) => Promise<unknown>>>({
    startToCloseTimeout: '1m',
    heartbeatTimeout: '5s',
  });
  const task: StepTask = {
    key: 'install-clustering-feature@HOST',
    host: 'HOST',
    build: given.build,
    access: given.access,
    input: {},
    tries: 1,
    fenced: false,
    before: null,
  };
  for (let round = 0; round < given.rounds; round += 1) {
    await activities['install-clustering-feature.probe']?.(task);
    await activities['bare']?.();
  }
}
