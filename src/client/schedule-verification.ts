import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
  type Workflow,
} from '@temporalio/client';
import { OperatorError } from '../../activities/failures.ts';
import { CONTROL_QUEUE, WORKFLOW_TYPE, type Json, type RunRequest } from '../../workflows/contract.ts';
import { decisionMs } from './decision-time.ts';
import { workflowIdOf } from './run-ids.ts';
import type { ServerLink } from './server-link.ts';
import { headlineOf } from './start-run.ts';

export interface ScheduleWish {
  readonly site: string;
  readonly request: Json;
  readonly by: string;
  readonly everyMinutes: number;
}

/** One schedule a site; what it starts asks a person about what it finds. */
export interface VerificationSchedule {
  readonly scheduleId: string;
  readonly everyMinutes: number;
  readonly isNew: boolean;
}

/**
 * Sets the schedule of a site's verification, or changes the one that is there: interval, site and who is named as
 * its starter. While one that it started waits for a person no other is started, so that no question is put twice.
 *
 * Source: *Schedules*, overlap policy and catch-up window.
 */
export async function scheduleVerification(
  link: ServerLink,
  wish: ScheduleWish,
): Promise<VerificationSchedule> {
  const { site, request, by, everyMinutes } = wish;
  const scheduleId = workflowIdOf(site, 'verify');
  const argument: RunRequest = {
    site: request,
    mode: 'verify',
    startedBy: by,
    asks: { againMinutes: everyMinutes },
  };
  const options = {
    spec: { intervals: [{ every: everyMinutes * 60_000 }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
    action: {
      type: 'startWorkflow',
      workflowType: WORKFLOW_TYPE,
      workflowId: scheduleId,
      taskQueue: CONTROL_QUEUE,
      args: [argument],
      workflowTaskTimeout: decisionMs(request),
      memo: { startedBy: by, mode: 'verify' },
      staticSummary: headlineOf(site, 'verify'),
    },
  } satisfies Omit<ScheduleOptions<ScheduleOptionsStartWorkflowAction<Workflow>>, 'scheduleId' | 'state'>;
  return link.ask(async ({ schedule }) => {
    try {
      await schedule.create({ ...options, scheduleId, state: { triggerImmediately: true } });
      return { scheduleId, everyMinutes, isNew: true };
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
    await schedule.getHandle(scheduleId).update(({ state }) => ({ ...options, state }));
    return { scheduleId, everyMinutes, isNew: false };
  });
}

/** Throws an OperatorError where the site has no schedule. */
export async function unscheduleVerification(link: ServerLink, site: string): Promise<string> {
  const scheduleId = workflowIdOf(site, 'verify');
  try {
    await link.ask(({ schedule }) => schedule.getHandle(scheduleId).delete());
    return scheduleId;
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    throw new OperatorError(
      `The site "${site}" is not verified on a schedule`,
      'Set one with: ssis-ha verify SITE --every 1h',
    );
  }
}
