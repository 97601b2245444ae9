import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { Runtime, Worker } from '@temporalio/worker';
import { hostActivities, type OpenPorts, type Reach } from '../../activities/index.ts';
import { digestOfScripts } from '../../src/adapters/script-files.ts';
import { packageVersion } from '../../src/package-root.ts';
import { connect } from '../../src/temporal/connection.ts';
import { connectWorker } from '../../src/temporal/worker-connection.ts';
import { workerLogger } from '../../src/log.ts';
import { openRunRecords } from '../../src/run-record.ts';
import { recordSinks } from '../../src/temporal/run-recording.ts';
import { MESSAGES, type Plan } from '../../workflows/contract.ts';
import { agreeable, decide, openRealEstate, type RealEstate } from '../run/real-estate.ts';
import { chromiumPath } from '../web/browser.ts';
import { eventsOf, median, ninetyFifth, type TimedEvent } from './figures.ts';
import { measurePages, PAGES, shownAfter } from './pages.ts';

/* Measures the engine's own cost in one run, as times and as ratios to the bare thing beside it. */

const QUEUE = 'bench';
const ROUNDS = 60;
const WORKFLOWS = fileURLToPath(new URL('bench-workflow.ts', import.meta.url));

/** Ports behind which nothing is: what remains is the border's own cost. */
const nothingThere: Reach = {
  open: () =>
    Promise.resolve({
      powershell: { run: () => Promise.resolve({ features: [], reasons: [] }) },
      clock: { now: () => new Date() },
      close: () => Promise.resolve(),
    } as unknown as OpenPorts),
};

async function main(): Promise<void> {
  Runtime.install({ logger: workerLogger(), shutdownSignals: [] });
  await onFreshEstate(measureRun);
  await onFreshEstate(measureSteps);
  await measureControlRoom();
}

async function measureControlRoom(): Promise<void> {
  if (chromiumPath === null) return print('pages that watch a run', 'not measured: no Chromium is here', '-');
  const figures = await measurePages();
  const { watchedMs, unwatchedMs, shownAfterMs } = figures;
  print(
    `a run that ${PAGES} pages watch / one that none does`,
    `${(watchedMs / 1000).toFixed(1)} s / ${(unwatchedMs / 1000).toFixed(1)} s = ${(watchedMs / unwatchedMs).toFixed(2)} ×`,
    '≤ 1.05 ×',
  );
  const shown = `${shownAfter(figures).toFixed(0)} ms p95 of ${shownAfterMs.length}`;
  print('the end of a step to its state on a page', shown, '≤ 250 ms');
}

async function onFreshEstate(measure: (real: RealEstate) => Promise<void>): Promise<void> {
  const real = await openRealEstate({}, 0);
  try {
    await measure(real);
  } finally {
    await real.close();
  }
}

async function measureRun(real: RealEstate): Promise<void> {
  const run = await real.start();
  const queries = await compareQueries(real, run);
  const approvals = await performAll(real, run);
  await run.result();
  const events = await eventsOf(run);
  const { steps } = await real.progress(run);
  const activities = await compareActivities(real, run);

  const settled = steps.filter(({ state }) => state === 'changed' || state === 'in-place');
  print('an activity of ours / a bare one', ratio(activities.ours, activities.bare), '≤ 1.25 ×');
  print(
    'approve to the next step’s first event',
    `${ninetyFifth(approvals).toFixed(0)} ms p95 of ${approvals.length}`,
    '≤ 250 ms',
  );
  print('progress / a bare query, p95', ratio(queries.progress, queries.bare), '≤ 1.25 ×');
  print('history events a step', (events.length / settled.length).toFixed(1), '≤ 20');
}

function ratio(ours: number, bare: number): string {
  return `${ours.toFixed(1)} ms / ${bare.toFixed(1)} ms = ${(ours / bare).toFixed(2)} ×`;
}

function print(what: string, measured: string, target: string): void {
  process.stdout.write(`${what.padEnd(42)} ${measured.padEnd(48)} target ${target}\n`);
}

/** Performs the run, and measures from each approval to the first event that follows its own. */
async function performAll(estate: RealEstate, performed: WorkflowHandle): Promise<number[]> {
  const waits: number[] = [];
  for (;;) {
    const pending = estate.untilAsked(performed, ({ about }) => about === 'gate');
    const asked = await pending.catch(() => null);
    if (asked === null) return waits;
    const [question, snapshot] = asked;
    const sentAt = Date.now();
    await decide(performed, snapshot, question, agreeable(question, snapshot) ?? 'approve');
    const next = (await eventsOf(performed)).find(({ type, atMs }) => type === 'scheduled' && atMs >= sentAt);
    waits.push((next?.atMs ?? Date.now()) - sentAt);
  }
}

/** Every step that changes something, one at a time, with nobody watching. */
async function measureSteps(real: RealEstate): Promise<void> {
  const { connection, namespace } = await connectWorker({ embedded: real.up.state().temporalAddress });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: QUEUE,
    workflowsPath: WORKFLOWS,
    sinks: recordSinks(openRunRecords(real.directory)),
  });
  await worker.runUntil(async () => {
    const run = await real.start('perform', 'starter', { type: 'oneByOne', taskQueue: QUEUE });
    await run.result();
    const lengths = stepMilliseconds(await eventsOf(run)).slice(-ROUNDS);
    print(
      'a step that changes something, alone',
      `${median(lengths).toFixed(0)} ms median of ${lengths.length}`,
      '≤ 60 ms',
    );
  });
}

/**
 * From the scheduling of a step's last look before its change to the end of its last activity: what was
 * asked in between, and the steps that changed nothing, are left out.
 */
function stepMilliseconds(history: readonly TimedEvent[]): number[] {
  const lengths = new Map<string, number>();
  let lookedAt = 0;
  for (const { type, activity, queue, atMs } of history) {
    const [id = '', part] = activity.split('.');
    if (type === 'scheduled' && part === 'probe') lookedAt = atMs;
    if (type === 'completed' && (part === 'apply' || part === 'settle')) {
      lengths.set(`${id}@${queue}`, atMs - lookedAt);
    }
  }
  return [...lengths.values()];
}

/** An empty step's look through our border, and an empty function, in turn on one worker. */
async function compareActivities(estate: RealEstate, performed: WorkflowHandle) {
  const { access } = await performed.query<Plan>(MESSAGES.plan);
  const address = estate.up.state().temporalAddress;
  const build = { version: packageVersion, scripts: digestOfScripts() };
  const { connection, namespace } = await connectWorker({ embedded: address });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: QUEUE,
    workflowsPath: WORKFLOWS,
    activities: { ...hostActivities(nothingThere, build), bare: () => Promise.resolve() },
  });
  return worker.runUntil(async () => {
    const { client } = await connect({ embedded: address });
    const handle = await client.workflow.start('alternate', {
      workflowId: 'bench',
      taskQueue: QUEUE,
      args: [
        {
          rounds: ROUNDS,
          build,
          access,
        },
      ],
    });
    await handle.result();
    const history = await eventsOf(handle);
    return {
      ours: median(lengthsOf(history, 'install-clustering-feature.probe')),
      bare: median(lengthsOf(history, 'bare')),
    };
  });
}

function lengthsOf(history: readonly TimedEvent[], activity: string): number[] {
  const scheduled = history.filter((event) => event.type === 'scheduled' && event.activity === activity);
  const completed = history.filter((event) => event.type === 'completed' && event.activity === activity);
  return scheduled.map((begin, at) => (completed[at]?.atMs ?? begin.atMs) - begin.atMs);
}

/** Queries of a run that waits at its first gate, and of a workflow that does nothing, in turn. */
async function compareQueries(estate: RealEstate, waiting: WorkflowHandle) {
  await estate.untilAsked(waiting, ({ about }) => about === 'gate');
  const { connection, namespace } = await connectWorker({ embedded: estate.up.state().temporalAddress });
  const worker = await Worker.create({ connection, namespace, taskQueue: QUEUE, workflowsPath: WORKFLOWS });
  return worker.runUntil(async () => {
    const idle = await estate.client.workflow.start('idle', { workflowId: 'idle', taskQueue: QUEUE });
    const progress: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await timed(() => idle.query('nothing')));
      progress.push(await timed(() => waiting.query(MESSAGES.progress)));
    }
    await idle.terminate();
    return { progress: ninetyFifth(progress), bare: ninetyFifth(bare) };
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

await main();
process.exit(0);
