import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  type RunSnapshot,
  type UpdatedDecision,
  type WindowFound,
} from '../../workflows/contract.ts';
import { silently } from '../temporal/temporary.ts';
import { serverProgram } from '../temporal/server-for-test.ts';
import { plannedStep } from '../workflows/planned-step.ts';

/* What people must agree to and when, held by the real workflow on a real server; the hosts are made up. */

const directory = mkdtempSync(join(tmpdir(), 'ssis-ha-change-control-'));
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

const RESTARTS_ENGINE = plannedStep({
  key: 'configure-engine@HOST',
  id: 'configure-engine',
  interrupts: ['engine'],
  kinds: ['engine-restart', 'not-undoable'],
  queue: CONTROL_QUEUE,
});
const ANY_TIME: Plan['windows'] = { timeZone: 'UTC', open: [], freeze: [] };
const PLAN: Plan = {
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

test('where several people must agree, the last of them opens the gate, and each is told what is still needed', async () => {
  const consent: Plan['consent'] = {
    groups: { dba: ['ann', 'bob'], change: ['cab'] },
    rules: [
      { when: ['engine-restart'], need: [{ count: 1, group: 'dba' }] },
      {
        when: ['not-undoable'],
        need: [
          { count: 2, group: 'dba' },
          { count: 1, group: 'change' },
        ],
      },
    ],
    expireAfterHours: null,
  };
  await onRun({ plan: { ...PLAN, consent } }, async (run) => {
    const question = await asked(run);
    expect(question).toMatchObject({
      ticket: 'CHG-1',
      needs: [
        { count: 2, group: 'dba', given: [] },
        { count: 1, group: 'change', given: [] },
      ],
    });
    await expect(decide(run, question, { by: 'eve' })).rejects.toThrow(
      'still needed: 2 of dba and 1 of change',
    );
    const one = await decide(run, question, { by: 'ann' });
    expect(one.questions[0]?.needs).toEqual([
      { count: 2, group: 'dba', given: ['ann'] },
      { count: 1, group: 'change', given: [] },
    ]);
    await expect(decide(run, question, { by: 'Ann' })).rejects.toThrow('Ann has agreed already');
    await decide(run, question, { by: 'cab' });
    await decide(run, question, { by: 'bob' });
    const ended = (await run.result()) as RunSnapshot;
    expect(ended).toMatchObject({
      state: 'done',
      change: { ticket: 'CHG-1' },
      steps: [{ state: 'changed' }],
    });
    expect(ended.decisions.map(({ by, refused }) => [by, refused])).toEqual([
      ['ann', null],
      ['cab', null],
      ['bob', null],
    ]);
  });
});

test('the first refusal settles a question that several people were asked', async () => {
  const consent: Plan['consent'] = {
    groups: { dba: ['ann', 'bob'] },
    rules: [{ when: ['engine-restart'], need: [{ count: 2, group: 'dba' }] }],
    expireAfterHours: null,
  };
  await onRun({ plan: { ...PLAN, consent } }, async (run) => {
    const question = await asked(run);
    await decide(run, question, { by: 'ann' });
    await decide(run, question, { by: 'eve', verdict: 'reject', reason: 'not tonight' });
    const stuck = await asked(run, ({ about }) => about === 'stuck');
    expect(stuck.seen[0]).toBe('eve rejected it: not tonight');
    await decide(run, stuck, { verdict: 'stop' });
  });
});

test('a question that nobody settles in time is withdrawn, changes nothing, and can be asked again', async () => {
  const consent = { ...PLAN.consent, expireAfterHours: 0.3 / 3600 };
  await onRun({ plan: { ...PLAN, consent } }, async (run, world) => {
    const stuck = await asked(run, ({ about }) => about === 'stuck');
    const first = world.kept.flatMap(({ questions }) => questions).find(({ about }) => about === 'gate');
    expect(stuck.seen[0]).toContain('Nobody settled its question within');
    expect(world.changes).toBe(0);
    await expect(decide(run, { ...stuck, ...first }, {})).rejects.toThrow('not open');
    await decide(run, stuck, { verdict: 'stop' });
  });
});

test.each([
  { onExpiry: 'stop', state: 'stopped', undone: 0 },
  { onExpiry: 'undo', state: 'undone', undone: 1 },
] as const)(
  'where the site says onExpiry: $onExpiry, silence ends the run and is recorded as what it is',
  async ({ onExpiry, state, undone }) => {
    const before = plannedStep({ key: 'before@HOST', id: 'before', queue: CONTROL_QUEUE });
    const steps = [before, { ...RESTARTS_ENGINE, after: [before.key] }];
    const consent = { ...PLAN.consent, expireAfterHours: 2 / 3600, onExpiry };
    const look = (id: string) => (id === before.id ? { gate: null } : {});
    await onRun({ plan: { ...PLAN, consent, steps }, look }, async (run, world) => {
      const silent = await asked(run, ({ stepKey }) => stepKey === RESTARTS_ENGINE.key);
      expect(silent).toMatchObject({ onExpiry, expiresAt: expect.any(String) as string });
      const ended = (await run.result()) as RunSnapshot;
      expect(ended).toMatchObject({ state, questions: [] });
      expect(ended.decisions.at(-1)).toMatchObject({
        questionId: silent.id,
        verdict: onExpiry,
        expired: true,
        refused: null,
        reason: expect.stringContaining('Nobody settled its question within') as string,
      });
      expect(world).toMatchObject({ changes: 1, undone });
    });
  },
);

test('what the run has not made is left alone where the site says so, and asked about by its rule elsewhere', async () => {
  const rules = [{ when: ['existing-object' as const], need: [{ count: 1, group: 'change' }] }];
  const consent = { groups: { change: ['cab'] }, rules, expireAfterHours: null };
  const wasThere = { changesExisting: true };
  await onRun({ plan: { ...PLAN, existingObjects: 'refuse' }, look: wasThere }, async (run, world) => {
    const stuck = await asked(run);
    expect(stuck).toMatchObject({ about: 'stuck' });
    expect(stuck.seen[0]).toContain('existingObjects: refuse. Do it? configure-engine is missing');
    expect(world.changes).toBe(0);
    await decide(run, stuck, { verdict: 'stop' });
  });
  await onRun({ plan: { ...PLAN, consent }, look: wasThere }, async (run) => {
    const question = await asked(run);
    expect(question.kinds).toContain('existing-object');
    await expect(decide(run, question, { by: 'ann' })).rejects.toThrow('still needed: 1 of change');
    await decide(run, question, { by: 'cab' });
  });
});

test('production takes no answer that a program gives', async () => {
  await onRun({ plan: PLAN }, async (run) => {
    const question = await asked(run);
    await expect(decide(run, question, { automatic: true })).rejects.toThrow('takes answers of people only');
    await decide(run, question, { verdict: 'stop' });
  });
});

test('what interrupts something begins only in its window, after the consent and without asking twice', async () => {
  const opensAt: string[] = [];
  const soon = () => {
    opensAt.push(new Date(Date.now() + 300).toISOString());
    return later(opensAt.at(-1) ?? '');
  };
  const windows = [() => FAR, soon, () => NOW];
  await onRun({ plan: { ...PLAN, windows: ANY_TIME }, windows }, async (run, world) => {
    const question = await asked(run);
    expect(question.window).toBe('the next night');
    await decide(run, question, {});
    const ended = (await run.result()) as RunSnapshot;
    expect(ended).toMatchObject({ state: 'done', steps: [{ state: 'changed', waitsUntil: null }] });
    expect(ended.steps[0]?.window).toBe('the next night');
    expect(ended.decisions).toHaveLength(1);
    const kept = world.kept.map(({ steps: [step] }) => step);
    expect(kept.find((step) => step?.state === 'waiting-for-window')?.waitsUntil).toBe(opensAt[0]);
    expect(world.changedAt).toBeGreaterThanOrEqual(Date.parse(opensAt[0] ?? ''));
  });
});

test('a run can be stopped while it waits for a window', async () => {
  const windows = [() => FAR];
  await onRun({ plan: { ...PLAN, windows: ANY_TIME }, windows }, async (run, world) => {
    await decide(run, await asked(run), {});
    await seen(run, ({ steps }) => steps[0]?.state === 'waiting-for-window');
    await run.signal(MESSAGES.end, { verdict: 'stop', by: 'ann', reason: 'enough' });
    expect(await run.result()).toMatchObject({ state: 'stopped', steps: [{ state: 'pending' }] });
    expect(world.changes).toBe(0);
  });
});

test('an undo waits for its window too, unless a person says why it must not', async () => {
  const windows = [() => NOW, () => NOW, () => FAR];
  const then = plannedStep({
    key: 'then@HOST',
    id: 'then',
    after: [RESTARTS_ENGINE.key],
    queue: CONTROL_QUEUE,
  });
  const plan = { ...PLAN, windows: ANY_TIME, steps: [RESTARTS_ENGINE, then] };
  await onRun({ plan, windows }, async (run, world) => {
    await decide(run, await asked(run), {});
    await decide(run, await asked(run, ({ stepKey }) => stepKey === then.key), { verdict: 'undo' });
    const question = await asked(run, ({ about }) => about === 'undo');
    expect(question).toMatchObject({ stepKey: RESTARTS_ENGINE.key, offers: ['approve'] });
    expect(question.seen.join(' ')).toContain('outside the windows');
    expect((await progress(run)).steps[0]).toMatchObject({ state: 'waiting-for-window' });
    await expect(decide(run, question, {})).rejects.toThrow('needs a reason');
    expect(world.undone).toBe(0);
    await decide(run, question, { reason: 'the catalog is down' });
    expect(await run.result()).toMatchObject({ state: 'undone', steps: [{ state: 'undone' }, {}] });
    expect(world.undone).toBe(1);
  });
});

test('a step for which no window is long enough says so instead of waiting for ever', async () => {
  await onRun({ plan: { ...PLAN, windows: ANY_TIME }, windows: [() => null] }, async (run) => {
    const stuck = await asked(run, ({ about }) => about === 'stuck');
    expect(stuck.seen[0]).toContain('takes up to 2 minutes, and no window of the coming year');
    await decide(run, stuck, { verdict: 'stop' });
  });
});

const later = (opensAt: string): WindowFound => ({ opensAt, closesAt: FAR_AWAY, inWords: 'the next night' });
const FAR_AWAY = '2099-01-02T00:00:00.000Z';
const FAR = later('2099-01-01T00:00:00.000Z');
const NOW = later('2000-01-01T00:00:00.000Z');

interface World {
  changes: number;
  changedAt: number;
  undone: number;
  /** What the record was told, in order. */
  readonly kept: RunSnapshot[];
}

/** Performs a plan in a made-up world, whose windows are found in the order given, the last again and again. */
async function onRun(
  {
    plan,
    windows = [() => null],
    look = {},
  }: {
    readonly plan: Plan;
    readonly windows?: (() => WindowFound | null)[];
    /** What is seen of every step, or of each by its id. */
    readonly look?: Partial<Look> | ((id: string) => Partial<Look>);
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
    },
  });
  await worker.runUntil(async () => {
    const run = await link.client.workflow.start('runbook', {
      workflowId: `ssis-ha/${randomUUID()}`,
      taskQueue: CONTROL_QUEUE,
      args: [{ site: {}, mode: 'perform', startedBy: 'starter' }],
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

const progress = (run: WorkflowHandle) => run.query<RunSnapshot>(MESSAGES.progress);

async function asked(
  run: WorkflowHandle,
  meant: (question: Question) => boolean = () => true,
): Promise<Question> {
  const { questions } = await seen(run, (snapshot) => snapshot.questions.some(meant));
  const question = questions.find(meant);
  if (!question) throw new Error('The question was withdrawn');
  return question;
}

async function seen(run: WorkflowHandle, meant: (snapshot: RunSnapshot) => boolean): Promise<RunSnapshot> {
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

async function decide(
  run: WorkflowHandle,
  question: Question,
  said: Partial<UpdatedDecision>,
): Promise<RunSnapshot> {
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
  return run
    .executeUpdate<RunSnapshot, [UpdatedDecision]>(MESSAGES.decide, { args: [decision] })
    .catch((error: unknown) => {
      throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
    });
}
