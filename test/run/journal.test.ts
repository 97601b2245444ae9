import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClient, type RunClient } from '../../src/client.ts';
import { historyOf } from '../../src/present/history.ts';
import { readEvents } from '../../src/event-file.ts';
import { MESSAGES, type Question, type RunSnapshot } from '../../workflows/contract.ts';
import { chainHead, checkChain } from '../../workflows/journal/chain.ts';
import { replayEvents } from '../../workflows/journal/changes.ts';
import type { JournalPage, RunEvent } from '../../workflows/journal/event.ts';
import { agreeable, decide, openRealEstate, readRecord, type RealEstate } from './real-estate.ts';

let real: RealEstate;
let client: RunClient;
beforeAll(async () => {
  real = await openRealEstate();
  client = await openClient({ directory: real.directory, address: real.up.state().temporalAddress });
});
afterAll(async () => {
  await client.close();
  await real.close();
});

/** Steps whose gates are asked one after the other. */
const KILLED_AT = ['install-on-primary', 'create-role', 'drill-crossed'];

/** Ends the control worker without a goodbye; `up` starts another. */
function killControl(): void {
  const { control } = real.up.state().processes;
  if (control !== null) process.kill(control, 'SIGKILL');
}

/** All events, as the run itself tells them. */
async function replayed(run: WorkflowHandle): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for (;;) {
    const page = await run.query<JournalPage, [number]>(MESSAGES.journal, events.length + 1);
    events.push(...page.events);
    if (page.events.length === 0) return events;
  }
}

/** Without moments, whatever they are of. */
function timeless(events: readonly RunEvent[]): unknown {
  const isMoment = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
  return JSON.parse(
    JSON.stringify(events, (_name, value: unknown) => (isMoment(value) ? 'a moment' : value)),
  );
}

const withoutJournal = ({ journal: _journal, ...snapshot }: RunSnapshot) => snapshot;

test('whoever takes a run over keeps each of its events once, and the run records the head of their chain', async () => {
  const run = await real.start();
  await run.signal('approve', {
    stepKey: 'no-such-step@HOST',
    planHash: 'none',
    decisionId: 'd',
    by: 'CONTOSO\\dba-2',
    reason: 'a slip',
  });
  for (const id of KILLED_AT) {
    const isMeant = ({ stepKey, about }: Question) => stepKey.startsWith(`${id}@`) && about === 'gate';
    const [question, snapshot] = await real.untilAsked(run, isMeant);
    await decide(run, snapshot, question, 'approve');
    killControl();
  }
  const ended = await real.untilEnd(run, agreeable);
  expect(ended.state).toBe('done');

  const result = (await run.result()) as RunSnapshot;
  const { runId, workflowId } = result;
  const kept = await readEvents(join(real.directory, 'runs', `${runId}.events`));
  expect(result.journal).toMatchObject({ events: kept.length });
  expect(checkChain(kept, result.journal?.head ?? '')).toBeNull();
  expect(replayEvents(kept)).toEqual(withoutJournal(result));
  expect(readRecord(real.directory, runId)).toEqual(result);

  // Another worker still, which knows the run from its history alone. Where a task of the workflow was tried
  // again, the time in it is another one in a replay: all else is the same.
  killControl();
  await real.progress(run);
  expect(timeless(await replayed(run))).toEqual(timeless(kept));
  const told = await client.journal({ runId, workflowId });
  expect(told).toMatchObject({ from: 'record', count: kept.length, head: result.journal?.head });
  expect(told.events).toEqual(kept);

  const history = historyOf(kept);
  expect(history[0]?.text).toBe('starter started a run of sample.');
  expect(history.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(
      /^CONTOSO\\dba-2 wanted to approve: no-such-step@HOST\. Reason: a slip\. Refused: /,
    ),
  );
  expect(history.at(-1)?.text).toBe('The run is over: done, failover proven.');
});

test('a reader that knows the first events asks for those behind them', async () => {
  const ref = await client.find('sample');
  const { events: all, head } = await client.journal(ref);
  const known = all.slice(0, 40);
  const rest = await client.journal(ref, 41);
  expect([...known, ...rest.events]).toEqual(all);
  expect(checkChain(known, rest.before.head)).toBeNull();
  expect(checkChain(rest.events, head, rest.before)).toBeNull();
  expect((await client.journal(ref, all.length + 1)).events).toEqual([]);
});

test('the query answers in pages that an outsider can read too', async () => {
  const run = real.client.workflow.getHandle('ssis-ha/sample');
  const page = await run.query<JournalPage, [number]>(MESSAGES.journal, 3);
  expect(page.events[0]?.n).toBe(3);
  const whole = await run.query<JournalPage>(MESSAGES.journal);
  expect(whole.before).toBe('');
  expect(whole.events.length).toBe(whole.count);
});

test('events are kept beside the record, for nobody else to read', () => {
  const folder = join(real.directory, 'runs');
  const names = readdirSync(folder).filter((name) => name.endsWith('.events'));
  expect(names).toHaveLength(1);
  for (const name of names) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

test('a changed event is noticed, also where the record was changed with it', async () => {
  const { control } = real.up.state().processes;
  const ref = await client.find('sample');
  const record = join(real.directory, 'runs', ref.runId);
  const [untouched, content] = [readFileSync(record, 'utf8'), readFileSync(`${record}.events`, 'utf8')];
  const forged = content.replace('a slip', 'no slip');
  const events = forged.split('\n').slice(0, -1);
  const head = chainHead(events.map((line) => JSON.parse(line) as RunEvent));
  const snapshot = JSON.parse(untouched) as RunSnapshot;
  writeFileSync(`${record}.events`, forged);
  writeFileSync(record, JSON.stringify({ ...snapshot, journal: { events: events.length, head } }));
  // A control worker that hangs answers nothing.
  if (control === null) throw new Error('There is no control worker');
  process.kill(control, 'SIGSTOP');
  try {
    const told = await client.journal(ref);
    expect(told).toMatchObject({ from: 'record', head: snapshot.journal?.head });
    expect(checkChain(told.events, told.head)).toEqual({ kind: 'another-head', head });
  } finally {
    process.kill(control, 'SIGCONT');
    writeFileSync(record, untouched);
    writeFileSync(`${record}.events`, content);
  }
});
