import { condition, defineQuery, proxyActivities, setHandler } from '@temporalio/workflow';
import {
  CONTROL_QUEUE,
  type Access,
  type Build,
  type Json,
  type Plan,
  type RunRequest,
  type StepTask,
} from '../../workflows/contract.ts';
import { performStep } from '../../workflows/perform-step.ts';
import { Run } from '../../workflows/run.ts';

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

const { makePlan } = proxyActivities<{ makePlan: (site: Json) => Promise<Plan> }>({
  taskQueue: CONTROL_QUEUE,
  startToCloseTimeout: '1m',
});

/** The runbook with one step at a time and every question answered at once: what is left is the step itself. */
export async function oneByOne(request: RunRequest): Promise<void> {
  const run = new Run(request);
  const plan = run.begin(await makePlan(request.site));
  void agreeToAll(run);
  for (const step of plan.steps) await performStep(step, run);
  run.end('done');
}

async function agreeToAll(run: Run): Promise<never> {
  for (;;) {
    await condition(() => run.approvals.questions.length > 0);
    for (const { id, stepKey, offers } of run.approvals.questions) {
      run.approvals.take({
        stepKey,
        questionId: id,
        planHash: run.plan.hash,
        decisionId: id,
        by: 'bench',
        reason: 'bench',
        verdict: offers.includes('approve') ? 'approve' : 'retry',
      });
    }
    await condition(() => run.approvals.questions.length === 0);
  }
}
