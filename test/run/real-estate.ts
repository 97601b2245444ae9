import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { QueryNotRegisteredError, type Client, type WorkflowHandle } from '@temporalio/client';
import { stringify } from 'yaml';
import { Bell } from '../../src/bell.ts';
import { EventFeed } from '../../src/client/event-feed.ts';
import { decisionMs } from '../../src/client/decision-time.ts';
import { readSiteFile } from '../../src/site-file.ts';
import { connect, type ServerConnection } from '../../src/temporal/connection.ts';
import { up, type Up, type UpOptions } from '../../src/up/up.ts';
import {
  CONTROL_QUEUE,
  MESSAGES,
  WORKFLOW_TYPE,
  type Mode,
  type Question,
  type RunRequest,
  type RunSnapshot,
  type Verdict,
} from '../../workflows/contract.ts';
import { sampleSite } from '../site-builder.ts';
import { askLab } from './ask-lab.ts';

/** Questions are told of by the history of a run; a worker that dies may ask one without a trace of it there. */
const AT_THE_LATEST_MS = 1_000;

/** How a person of the test answers a question; null leaves it open. */
export type Answerer = (question: Question, snapshot: RunSnapshot) => Verdict | null;

/** Says yes to whatever may be approved, tries again what is stuck. */
export const agreeable: Answerer = ({ offers }) => (offers.includes('approve') ? 'approve' : 'retry');

export interface RealEstate {
  readonly directory: string;
  readonly up: Up;
  readonly client: Client;
  readonly start: (mode?: Mode, startedBy?: string, as?: StartedAs) => Promise<WorkflowHandle>;
  /** Answers questions until the run has ended, and says how it ended. */
  readonly untilEnd: (run: WorkflowHandle, answer: Answerer) => Promise<RunSnapshot>;
  /** Answers questions until the one that is meant is asked, and leaves it open. */
  readonly untilAsked: (
    run: WorkflowHandle,
    meant: (question: Question) => boolean,
  ) => Promise<[Question, RunSnapshot]>;
  readonly progress: (run: WorkflowHandle) => Promise<RunSnapshot>;
  /** `lab show`, without what changes by itself. */
  readonly estate: () => Promise<Record<string, unknown>>;
  readonly lab: (question: Record<string, unknown>) => Promise<Record<string, unknown>>;
  readonly close: () => Promise<void>;
}

/** Which workflow performs the run, and who serves it. */
interface StartedAs {
  readonly type: string;
  readonly taskQueue: string;
}

interface More extends Pick<UpOptions, 'controlRoom' | 'scenarios'> {
  /** Puts into the folder what has to be there before anything starts. */
  readonly prepare?: (directory: string) => Promise<void>;
}

const PACE = 0.0005;
const RUNBOOK: StartedAs = { type: WORKFLOW_TYPE, taskQueue: CONTROL_QUEUE };

/** A real server, the lab and its workers as processes of their own, as `ssis-ha up` runs them. */
export async function openRealEstate(
  parts: Record<string, unknown> = {},
  pace = PACE,
  { prepare, ...more }: More = {},
): Promise<RealEstate> {
  const directory = mkdtempSync(join(tmpdir(), 'ssis-ha-'));
  const site = join(directory, 'site.yaml');
  writeFileSync(site, stringify(sampleSite(parts)));
  await prepare?.(directory);
  const running = await up({ directory, site, lab: true, pace, narrate: () => undefined, ...more });
  const server = await connect({ embedded: running.state().temporalAddress });
  const lab = (question: Record<string, unknown>) => askLab(directory, question);
  return {
    directory,
    up: running,
    client: server.client,
    start: (mode = 'perform', startedBy = 'starter', as = RUNBOOK) => {
      const { request, site: read } = readSiteFile(site);
      return startRun(server, read.site, { site: request, mode, startedBy }, as);
    },
    untilEnd: async (run, answer) => {
      const { snapshot } = await follow(server, run, answer, () => false);
      await run.result();
      return snapshot;
    },
    untilAsked: async (run, meant) => {
      const { snapshot, asked } = await follow(server, run, agreeable, meant);
      if (!asked) throw new Error(`The run ended ${snapshot.state} before it asked`);
      return [asked, snapshot];
    },
    progress: (run) => progressOf(run),
    estate: async () => {
      const {
        ledger: _ledger,
        endpoints: _endpoints,
        clock: _clock,
        now: _now,
        ...estate
      } = await lab({ type: 'show' });
      return estate;
    },
    lab,
    async close() {
      await server.close();
      await running.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function startRun(
  server: ServerConnection,
  site: string,
  request: RunRequest,
  { type, taskQueue }: StartedAs,
): Promise<WorkflowHandle> {
  return server.client.workflow.start(type, {
    workflowId: request.mode === 'rehearse' ? `ssis-ha/${site}/rehearsal` : `ssis-ha/${site}`,
    taskQueue,
    workflowTaskTimeout: decisionMs(request.site),
    args: [request],
  });
}

const ENDED: ReadonlySet<string> = new Set(['done', 'failed', 'undone', 'stopped', 'rehearsed']);

interface Followed {
  readonly snapshot: RunSnapshot;
  readonly asked: Question | null;
}

async function follow(
  server: ServerConnection,
  run: WorkflowHandle,
  answer: Answerer,
  meant: (question: Question) => boolean,
): Promise<Followed> {
  const answered = new Set<string>();
  const happened = new Bell();
  const feed = new EventFeed(server, { workflowId: run.workflowId, runId: '' }, happened.ring);
  try {
    for (;;) {
      const snapshot = await progressOf(run);
      const asked = snapshot.questions.find(meant) ?? null;
      if (asked || ENDED.has(snapshot.state)) return { snapshot, asked };
      for (const question of snapshot.questions.filter((asking) => !answered.has(markOf(asking)))) {
        const verdict = answer(question, snapshot);
        if (verdict === null) continue;
        answered.add(markOf(question));
        await decide(run, snapshot, question, verdict);
      }
      await happened.heard(AT_THE_LATEST_MS);
    }
  } finally {
    feed.close();
  }
}

/** A worker that dies may have told of a question under a number that another one gets in the end. */
function markOf({ id, askedAt }: Question): string {
  return `${id} ${askedAt}`;
}

export async function decide(
  run: WorkflowHandle,
  snapshot: RunSnapshot,
  question: Question,
  verdict: Verdict,
  by = 'somebody else',
): Promise<void> {
  const decisionId = randomUUID();
  await run.executeUpdate(MESSAGES.decide, {
    updateId: decisionId,
    args: [
      {
        stepKey: question.stepKey,
        planHash: snapshot.planHash,
        decisionId,
        by,
        reason: 'test',
        verdict,
        questionId: question.id,
      },
    ],
  });
}

/**
 * A query that the server gave to a worker that died in that moment waits for its time-out: it is asked anew before.
 * Who has just taken the run over refuses it, and is left alone for as long.
 */
const QUERY_MS = 2_000;

async function progressOf(run: WorkflowHandle): Promise<RunSnapshot> {
  for (;;) {
    try {
      return await run.client.connection.withDeadline(Date.now() + QUERY_MS, () =>
        run.query<RunSnapshot>(MESSAGES.progress),
      );
    } catch (error) {
      if (error instanceof Error && error.name === 'WorkflowNotFoundError') throw error;
      if (error instanceof QueryNotRegisteredError) await pause(QUERY_MS);
    }
  }
}

export function readRecord(directory: string, runId: string): RunSnapshot {
  return JSON.parse(readFileSync(join(directory, 'runs', runId), 'utf8')) as RunSnapshot;
}
