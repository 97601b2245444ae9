import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Connections, LeasedSql } from '../../src/adapters/sql-server.ts';
import { secrets } from '../../src/adapters/secrets.ts';
import { openClient, type ShownRun } from '../../src/client.ts';
import { readSiteFile } from '../../src/site-file.ts';
import {
  CONTROL_QUEUE,
  MESSAGES,
  WORKFLOW_TYPE,
  type Access,
  type Plan,
  type RunSnapshot,
} from '../../workflows/contract.ts';
import { readEvents } from '../../src/event-file.ts';
import { checkChain } from '../../workflows/journal/chain.ts';
import { replayEvents } from '../../workflows/journal/changes.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';
import { agreeable, openRealEstate, readRecord, type RealEstate } from './real-estate.ts';

let real: RealEstate;
beforeAll(async () => {
  real = await openRealEstate();
});
afterAll(() => real.close());

test('preflight alone tells all that is amiss at once, and changes nothing', async () => {
  const amiss = ['clock-skew', 'cluster-address-taken', 'media-missing', 'witness-share-missing'];
  for (const name of amiss) await real.lab({ type: 'add-scenario', name });
  const before = await real.estate();
  const { request } = readSiteFile(join(real.directory, 'site.yaml'));
  const run = await real.client.workflow.start(WORKFLOW_TYPE, {
    workflowId: 'ssis-ha/sample/rehearsal',
    taskQueue: CONTROL_QUEUE,
    args: [{ site: request, mode: 'rehearse', startedBy: 'starter', until: 0 }],
  });
  const { steps } = await real.untilEnd(run, () => null);
  const found = steps.filter(({ problem }) => problem !== null);
  expect(found.map(({ id, host }) => `${id} ${host}`)).toEqual([
    'check-host NODE-B',
    'check-media NODE-B',
    'check-shares NODE-A',
    'check-shares NODE-B',
    'check-names NODE-A',
  ]);
  expect(steps.filter(({ chapter, state }) => chapter > 0 && state !== 'pending')).toEqual([]);
  expect(await real.estate()).toEqual(before);
  for (const name of amiss) await real.lab({ type: 'mend-scenario', name });
});

test('a rehearsal changes nothing and says what a run would change', async () => {
  const before = await real.estate();
  const run = await real.start('rehearse');
  const ended = await real.untilEnd(run, () => null);
  expect(ended.state).toBe('rehearsed');
  expect(ended.steps.some((step) => step.shortfall.length > 0)).toBe(true);
  expect(ended.steps.filter((step) => step.problem !== null)).toEqual([]);
  expect(await real.estate()).toEqual(before);
});

test('a run performs the whole procedure, and a second one finds it in place', async () => {
  const seen: RunSnapshot[] = [];
  const first = await real.untilEnd(await real.start(), (question, snapshot) => {
    seen.push(snapshot);
    return agreeable(question, snapshot);
  });
  expect(first.state).toBe('done');
  await areToldByEvents([...seen, first]);
  expect(first.steps.filter(({ state }) => state !== 'changed' && state !== 'in-place')).toEqual([]);
  expect(readRecord(real.directory, first.runId)).toEqual(first);

  const again = await real.start();
  const watchers = [real.directory, await temporaryDirectory()].map((folder) => lastSeen(again, folder));
  const second = await real.untilEnd(again, agreeable);
  for (const last of await Promise.all(watchers)) {
    expect(last).toMatchObject({ state: 'done', decisions: second.decisions });
  }
  expect(second.state).toBe('done');
  expect(second.steps.filter(({ state, chapter }) => chapter < 10 && state !== 'in-place')).toEqual([]);
  expect(first.proof).toBe('failover proven');
  expect(second.proof).toBe('failover proven');
});

test('what people decide makes no large mark in the history of a run', async () => {
  const { events = [] } = await real.client.workflow.getHandle('ssis-ha/sample').fetchHistory();
  const answered = (events ?? []).flatMap(
    ({ workflowExecutionUpdateCompletedEventAttributes: update }) => update?.outcome ?? [],
  );
  expect(answered.length).toBeGreaterThan(0);
  expect(JSON.stringify(answered).length / answered.length).toBeLessThan(300);
});

/** Whether the events of the run give each of these snapshots again, in a chain. */
async function areToldByEvents(snapshots: readonly RunSnapshot[]): Promise<void> {
  expect(snapshots.length).toBeGreaterThan(10);
  const events = await readEvents(join(real.directory, 'runs', `${snapshots[0]?.runId}.events`));
  for (const { journal, ...snapshot } of snapshots) {
    const upTo = journal?.events ?? 0;
    expect(replayEvents(events, upTo)).toEqual(snapshot);
    expect(checkChain(events.slice(0, upTo), journal?.head ?? '')).toBeNull();
  }
}

/** What somebody who follows the run sees at its end; a folder in which nothing is kept is as good. */
async function lastSeen({ workflowId }: WorkflowHandle, directory: string): Promise<ShownRun | null> {
  const client = await openClient({ directory, address: real.up.state().temporalAddress });
  try {
    let last: ShownRun | null = null;
    const watching = { signal: new AbortController().signal, silence: () => undefined };
    for await (const run of client.watch(await client.find(workflowId), watching)) last = run;
    return last;
  } finally {
    await client.close();
  }
}

test('while one change holds the fence of an engine, another begins nothing there', async () => {
  const { host, access, address } = await anEngine();
  const agents = [new Connections(secrets), new Connections(secrets)] as const;
  const [one, other] = agents.map((agent) => new LeasedSql(agent, access, address, true));
  await one?.run('getInstance', {});
  await expect(other?.run('getInstance', {})).rejects.toMatchObject({
    message: expect.stringContaining('Another change is still under way') as string,
    passing: 'busy',
  });
  await one?.close('good');
  await expect(other?.run('getInstance', {})).resolves.toMatchObject({ serverName: host });
  await other?.close('good');
  await Promise.all(agents.map((agent) => agent.close()));
});

/** An engine of the estate at its loopback address, where its name leads nowhere for this process. */
async function anEngine(): Promise<{
  readonly host: string;
  readonly access: Access;
  readonly address: { readonly server: string; readonly port: number };
}> {
  const plan = await real.client.workflow.getHandle('ssis-ha/sample').query<Plan>(MESSAGES.plan);
  const { endpoints } = await real.lab({ type: 'show' });
  const [found] = endpoints as { host: string; address: string; port: number }[];
  if (!found) throw new Error('No engine runs');
  return {
    host: found.host,
    access: { ...plan.access, tls: { verify: false, authorities: null } },
    address: { server: found.address, port: found.port },
  };
}
