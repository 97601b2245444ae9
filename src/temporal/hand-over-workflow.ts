import { proxyActivities } from '@temporalio/workflow';

interface HandOverActivities {
  readonly noteTime: () => Promise<void>;
}

const { noteTime } = proxyActivities<HandOverActivities>({
  startToCloseTimeout: '10 seconds',
  // A runbook's activities run on queues of other hosts, which an eager start would not reach.
  allowEagerDispatch: false,
});

/** Runs an activity that does nothing, many times in a row, so that all that takes time is the hand-over. */
export async function measureHandOvers(times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) await noteTime();
}
