import { WorkflowExecutionAlreadyStartedError, WorkflowFailedError } from '@temporalio/client';
import { OperatorError } from '../../activities/failures.ts';
import {
  CONTROL_QUEUE,
  MESSAGES,
  WORKFLOW_TYPE,
  type Json,
  type Mode,
  type RunRequest,
  type RunSnapshot,
} from '../../workflows/contract.ts';
import { decisionMs } from './decision-time.ts';
import { describeRun, untilListed, type RunRef } from './find-run.ts';
import { workflowIdOf } from './run-ids.ts';
import type { ServerLink } from './server-link.ts';

export interface StartWish {
  /** Name of the site. */
  readonly site: string;
  readonly request: Json;
  readonly mode: Mode;
  readonly by: string;
  /** A rehearsal may end with this chapter. */
  readonly until?: number;
}

/**
 * Starts a run, and comes back once it is listed. One run a site at a time: a second one is refused with an OperatorError
 * that names the first.
 */
export async function startRun(link: ServerLink, wish: StartWish): Promise<RunRef> {
  const { site, request, mode, by } = wish;
  const workflowId = workflowIdOf(site, mode);
  const argument: RunRequest = {
    site: request,
    mode,
    startedBy: by,
    ...(wish.until === undefined ? {} : { until: wish.until }),
  };
  try {
    const handle = await link.ask((client) =>
      client.workflow.start(WORKFLOW_TYPE, {
        workflowId,
        taskQueue: CONTROL_QUEUE,
        args: [argument],
        workflowIdConflictPolicy: 'FAIL',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowTaskTimeout: decisionMs(request),
        memo: { startedBy: by, mode },
        staticSummary: headlineOf(site, mode),
      }),
    );
    const ref = { workflowId, runId: handle.firstExecutionRunId };
    await untilListed(link, ref.runId);
    return ref;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    if (await hasEnded(link, workflowId)) return startRun(link, wish);
    throw await refusal(link, workflowId, site);
  }
}

export function headlineOf(site: string, mode: Mode): string {
  const words: Readonly<Record<Mode, string>> = {
    perform: `SSIS Scale Out of ${site}`,
    rehearse: `Rehearsal of ${site}`,
    verify: `Verification of ${site}`,
  };
  return words[mode];
}

/** A run that has come to its end only writes its record yet: the next one waits for that. */
async function hasEnded(link: ServerLink, workflowId: string): Promise<boolean> {
  try {
    return await link.ask(async (client) => {
      const run = client.workflow.getHandle(workflowId);
      const { endedAt } = await run.query<RunSnapshot>(MESSAGES.progress);
      if (endedAt === null) return false;
      await run.result().catch((error: unknown) => {
        if (!(error instanceof WorkflowFailedError)) throw error;
      });
      return true;
    });
  } catch {
    // Nobody can say so in time: then the run counts as going on.
    return false;
  }
}

async function refusal(link: ServerLink, workflowId: string, site: string): Promise<OperatorError> {
  const first = await describeRun(link, { workflowId });
  const starter = first?.memo?.['startedBy'];
  const by = typeof starter === 'string' ? ` by ${starter}` : '';
  const since = first ? `, started${by} at ${first.startTime.toISOString()}` : '';
  return new OperatorError(
    `${workflowId} goes on already: run ${first?.runId ?? 'unknown'}${since}`,
    `Follow it with "ssis-ha watch ${site}", or end it with "ssis-ha stop --run ${site}"`,
  );
}
