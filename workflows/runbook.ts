import { CancellationScope, proxyActivities } from '@temporalio/workflow';
import {
  CONTROL_QUEUE,
  type Json,
  type Mode,
  type Plan,
  type RunRequest,
  type RunSnapshot,
} from './contract.ts';
import { inOrder } from './in-order.ts';
import { performStep } from './perform-step.ts';
import { rehearseStep } from './rehearse-step.ts';
import { Run } from './run.ts';
import { undoChanges } from './undo-changes.ts';

interface ControlActivities {
  /** The procedure for one site, as it will be performed to the letter. */
  readonly makePlan: (site: Json, mode: Mode) => Promise<Plan>;
  /** Writes the run's last snapshot where it outlives the server's retention. */
  readonly keepRecord: (snapshot: RunSnapshot) => Promise<void>;
}

const { makePlan, keepRecord } = proxyActivities<ControlActivities>({
  taskQueue: CONTROL_QUEUE,
  startToCloseTimeout: '1m',
  retry: { initialInterval: '200ms', maximumInterval: '10s', nonRetryableErrorTypes: ['Operator', 'Bug'] },
});

/** Performs the runbook on one site. Safe to start again: steps already in place are left alone. */
export async function runbook(request: RunRequest): Promise<RunSnapshot> {
  const run = new Run(request);
  stopWhenCancelled(run);
  return CancellationScope.nonCancellable(async () => {
    try {
      const ended = await perform(run);
      if (run.notices.areStarting) await run.notices.started();
      await keepRecord(ended);
      return ended;
    } catch (failure) {
      const ended = run.end('failed');
      if (run.notices.areStarting) await run.notices.started();
      await keepRecord(ended);
      throw failure;
    }
  });
}

export { notice } from './notice.ts';

async function perform(run: Run): Promise<RunSnapshot> {
  const plan = run.begin(await makePlan(run.request.site, run.request.mode));

  if (run.request.mode === 'rehearse') {
    const { until = Number.POSITIVE_INFINITY } = run.request;
    const rehearsed = plan.steps.filter(({ chapter }) => chapter <= until);
    await inOrder(rehearsed, (step) => rehearseStep(step, run));
    return run.end(run.verdict === null ? 'rehearsed' : 'stopped');
  }
  if (run.request.mode === 'verify') {
    const look = run.request.asks ? performStep : rehearseStep;
    await inOrder(plan.steps, (step) => look(step, run));
    return run.end(run.verdict === null ? 'done' : 'stopped');
  }

  await inOrder(plan.steps, (step) => performStep(step, run));
  if (run.verdict === 'undo') {
    await undoChanges(run);
    return run.end('undone');
  }
  return run.end(run.verdict === 'stop' ? 'stopped' : 'done');
}

/** A cancel from Temporal means *stop*: running changes finish and are remembered. */
function stopWhenCancelled(run: Run): void {
  CancellationScope.current().cancelRequested.catch(() => run.endWith('stop'));
}
