import { defaultPayloadConverter } from '@temporalio/common';
import { OperatorError } from '../../activities/failures.ts';
import type { Json, Plan, RunRequest } from '../../workflows/contract.ts';
import type { RunRef } from './find-run.ts';
import { failedWith, type ServerLink } from './server-link.ts';

/* What a run was told and what it was to do, from its history: nobody needs to be there to tell, and it takes no replay. */

/** The site file that a run was started with. */
export async function siteOfRun(link: ServerLink, run: RunRef): Promise<Json> {
  for await (const { workflowExecutionStartedEventAttributes: started } of eventsOf(link, run)) {
    const [payload] = started?.input?.payloads ?? [];
    if (payload) return defaultPayloadConverter.fromPayload<RunRequest>(payload).site;
    break;
  }
  throw new OperatorError(
    `The server holds no site file of run ${run.runId}`,
    'Give the site file that it was started with: --site FILE',
  );
}

/**
 * The plan that a run performs, as the activity that made it answered. Null before it is made, where it could not be
 * made, and where the server has forgotten the run.
 */
export async function planOfRun(link: ServerLink, run: RunRef): Promise<Plan | null> {
  let making: string | null = null;
  for await (const event of eventsOf(link, run)) {
    if (event.activityTaskScheduledEventAttributes?.activityType?.name === PLANS)
      making = String(event.eventId);
    const completed = event.activityTaskCompletedEventAttributes;
    if (!completed || String(completed.scheduledEventId) !== making) continue;
    const [payload] = completed.result?.payloads ?? [];
    return payload ? defaultPayloadConverter.fromPayload<Plan>(payload) : null;
  }
  return null;
}

/** Name of the activity that makes a plan. */
const PLANS = 'makePlan';

const PATIENCE_MS = 8_000;
/** Few at once: what is looked for stands among the first, and a plan is large. */
const EVENTS_AT_ONCE = 20;

/** The events of a run from its beginning; none where the server has forgotten it. */
async function* eventsOf(link: ServerLink, run: RunRef) {
  let token: Uint8Array | null = new Uint8Array();
  while (token !== null) {
    const page = await pageOf(link, run, token);
    yield* page.events;
    token = page.next;
  }
}

/** `next` is null behind the last one. */
async function pageOf(link: ServerLink, { workflowId, runId }: RunRef, token: Uint8Array) {
  const { connection, namespace } = link;
  try {
    const { history, nextPageToken } = await connection.withDeadline(Date.now() + PATIENCE_MS, () =>
      connection.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution: { workflowId, runId },
        maximumPageSize: EVENTS_AT_ONCE,
        nextPageToken: token,
      }),
    );
    return { events: history?.events ?? [], next: nextPageToken?.length ? nextPageToken : null };
  } catch (error) {
    if (failedWith(error, 'unknown')) return { events: [], next: null };
    throw error;
  }
}
