import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { WorkflowHandle } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { workerLogger } from '../../src/log.ts';
import { startDevServer, type DevServer } from '../../src/temporal/dev-server.ts';
import { connect, type ServerConnection } from '../../src/temporal/connection.ts';
import { workflowSource } from '../../src/temporal/workflow-source.ts';
import {
  CONTROL_QUEUE,
  MESSAGES,
  type Look,
  type Plan,
  type PlannedStep,
  type Question,
  type RunRequest,
  type RunSnapshot,
  type UpdatedDecision,
  type WindowFound,
} from '../../workflows/contract.ts';
import { silently } from '../temporal/temporary.ts';
import { serverProgram } from '../temporal/server-for-test.ts';
import { plannedStep } from '../workflows/planned-step.ts';

/* The real workflow on a real server; the hosts are made up. */

const directory = mkdtempSync(join(tmpdir(), 'ssis-ha-made-up-run-'));
Runtime.install({ logger: workerLogger(), shutdownSignals: [] });
let server: DevServer;
let link: ServerConnection;
beforeAll(async () => {
  server = await startDevServer({
    program: await serverProgram(),
    directory,
    narrate: silently,
  });
  link = await connect({ embedded: server.address });
});
afterAll(async () => {
  await link.close();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

export const RESTARTS_ENGINE = plannedStep({
  key: 'configure-engine@HOST',
  id: 'configure-engine',
  interrupts: ['engine'],
  kinds: ['engine-restart', 'not-undoable'],
  queue: CONTROL_QUEUE,
});
export const ANY_TIME: Plan['windows'] = { timeZone: 'UTC', open: [], freeze: [] };
export const PLAN: Plan = {
  site: 'made-up',
  build: { version: '1', scripts: 'x' },
  hash: 'hash',
  change: { ticket: 'CHG-1', owner: 'Data Platform', contact: 'dba@example.com' },
  existingObjects: 'ask',
  selfApproval: false,
  consent: { groups: {}, rules: [], expireAfterHours: null },
  windows: null,
  canProveFailover: false,
  access: {
    environment: 'production',
    domain: 'example.com',
    operator: { account: 'EXAMPLE\\ops', password: null, sqlAuthentication: 'integrated' },
    instance: { name: 'MSSQLSERVER', port: 1433 },
    tls: { verify: true, authorities: null },
    nodes: ['HOST'],
    group: 'AG',
    role: 'MASTER',
    restarts: { perHost: 3, drainPackagesMinutes: 0 },
  },
  steps: [RESTARTS_ENGINE],
};

export const later = (opensAt: string): WindowFound => ({
  opensAt,
  closesAt: FAR_AWAY,
  inWords: 'the next night',
});
const FAR_AWAY = '2099-01-02T00:00:00.000Z';
export const FAR = later('2099-01-01T00:00:00.000Z');
export const NOW = later('2000-01-01T00:00:00.000Z');

interface World {
  changes: number;
  changedAt: number;
  undone: number;
  /** What the record was told, in order. */
  readonly kept: RunSnapshot[];
}

/** Performs a plan in a made-up world, whose windows are found in the order given, the last again and again. */
export async function onRun(
  {
    plan,
    windows = [() => null],
    look = {},
    activities = {},
    request = {},
  }: {
    readonly plan: Plan;
    readonly windows?: (() => WindowFound | null)[];
    /** What is seen of every step, or of each by its id. */
    readonly look?: Partial<Look> | ((id: string) => Partial<Look>);
    readonly request?: Partial<RunRequest>;
    readonly activities?: Record<string, (...args: never[]) => Promise<unknown>>;
  },
  work: (run: WorkflowHandle, world: World) => Promise<void>,
): Promise<void> {
  const world: World = { changes: 0, changedAt: 0, undone: 0, kept: [] };
  const connection = await NativeConnection.connect({ address: server.address });
  const worker = await Worker.create({
    connection,
    namespace: 'default',
    taskQueue: CONTROL_QUEUE,
    ...workflowSource(),
    sinks: {
      record: {
        append: { fn: () => undefined, callDuringReplay: true },
        keep: {
          fn: (_info: unknown, snapshot: RunSnapshot) => void world.kept.push(snapshot),
          callDuringReplay: false,
        },
      },
    },
    activities: {
      makePlan: () => Promise.resolve(plan),
      keepRecord: () => Promise.resolve(),
      findWindow: () => Promise.resolve((windows.length > 1 ? windows.shift() : windows[0])?.()),
      ...Object.assign(
        {},
        ...plan.steps.map((step) => madeUp(step, world, typeof look === 'function' ? look(step.id) : look)),
      ),
      ...activities,
    },
  });
  await worker.runUntil(async () => {
    const run = await link.client.workflow.start('runbook', {
      workflowId: `ssis-ha/${randomUUID()}`,
      taskQueue: CONTROL_QUEUE,
      args: [{ site: {}, mode: 'perform', startedBy: 'starter', ...request }],
    });
    await work(run, world);
    await run.result();
  });
  await connection.close();
}

function madeUp({ id }: PlannedStep, world: World, parts: Partial<Look>) {
  let isDone = false;
  const look = (): Look => ({
    observed: isDone,
    shortfall: isDone ? [] : [`${id} is missing`],
    restartPends: false,
    gate: 'Do it?',
    notes: [],
    advice: null,
    ...parts,
  });
  return {
    [`${id}.probe`]: () => Promise.resolve(look()),
    [`${id}.apply`]: () => {
      isDone = true;
      world.changes += 1;
      world.changedAt = Date.now();
      return Promise.resolve(look());
    },
    [`${id}.undo`]: () => {
      isDone = false;
      world.undone += 1;
      return Promise.resolve();
    },
  };
}

export const progress = (run: WorkflowHandle) => run.query<RunSnapshot>(MESSAGES.progress);

export async function asked(
  run: WorkflowHandle,
  meant: (question: Question) => boolean = () => true,
): Promise<Question> {
  const { questions } = await seen(run, (snapshot) => snapshot.questions.some(meant));
  const question = questions.find(meant);
  if (!question) throw new Error('The question was withdrawn');
  return question;
}

export async function seen(
  run: WorkflowHandle,
  meant: (snapshot: RunSnapshot) => boolean,
): Promise<RunSnapshot> {
  return await new Promise((resolve, reject) => {
    const look = (): void =>
      void progress(run).then((snapshot) => {
        if (meant(snapshot)) resolve(snapshot);
        else if (snapshot.endedAt !== null) reject(new Error(`The run ended ${snapshot.state}`));
        else setImmediate(look);
      }, reject);
    look();
  });
}

export async function decide(
  run: WorkflowHandle,
  question: Question,
  said: Partial<UpdatedDecision>,
): Promise<void> {
  const decision: UpdatedDecision = {
    stepKey: question.stepKey,
    planHash: PLAN.hash,
    questionId: question.id,
    decisionId: randomUUID(),
    verdict: 'approve',
    by: 'ann',
    reason: '',
    ...said,
  };
  await update(run, MESSAGES.decide, decision);
}

/** Sends an update; a refusal throws its own words. */
export async function update(run: WorkflowHandle, name: string, message: unknown): Promise<void> {
  await run.executeUpdate<unknown, [unknown]>(name, { args: [message] }).catch((error: unknown) => {
    throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
  });
}

/** Something in the made-up world that a test awaits, or brings about. */
export function moment(): { readonly comes: Promise<void>; readonly come: () => void } {
  let come = (): void => undefined;
  const comes = new Promise<void>((resolve) => (come = resolve));
  return { comes, come: () => come() };
}
