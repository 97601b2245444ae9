import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClient, type RunClient, type RunRef } from '../../src/client.ts';
import { reportFile, reportFromRecord, reportOf, thisMaker } from '../../src/web/report/make-report.ts';
import type { ReportDocument } from '../../src/web/report/report-document.ts';
import { verdictOf, verifyFile } from '../../src/web/report/verify-report.ts';
import { verifyWithRecord, verifyWithRun } from '../../src/web/report/verify-with-run.ts';
import { CONTROL_QUEUE, WORKFLOW_TYPE } from '../../workflows/contract.ts';
import { chainHead } from '../../workflows/journal/chain.ts';
import { agreeable, openRealEstate, type RealEstate } from './real-estate.ts';

const wish = { by: 'CONTOSO\\auditor', nowMs: Date.parse('2030-01-02T00:00:00.000Z') };

let real: RealEstate;
let client: RunClient;
let ref: RunRef;
let early: ReportDocument;
let late: ReportDocument;
const elsewhere = mkdtempSync(join(tmpdir(), 'ssis-ha-elsewhere-'));

beforeAll(async () => {
  real = await openRealEstate();
  client = await openClient({ directory: real.directory, address: real.up.state().temporalAddress });
  const run = await real.start();
  await real.untilAsked(run, () => true);
  const { runId, workflowId } = await real.progress(run);
  ref = { runId, workflowId };
  early = await reportOf(client, ref, wish);
  await client.end(ref, { verdict: 'stop', by: 'starter', reason: 'enough was seen' });
  await real.untilEnd(run, agreeable);
  late = await reportOf(client, ref, wish);
}, 120_000);
afterAll(async () => {
  rmSync(elsewhere, { recursive: true, force: true });
  await client.close();
  await real.close();
});

async function checked(document: ReportDocument, directory = real.directory) {
  const { checks, found } = verifyFile(Buffer.from(reportFile(document)), {
    maker: thisMaker(),
    fileOf: reportFile,
  });
  if (found === null) throw new Error('The file holds no report');
  const all = [...checks, ...(await verifyWithRun(found, client, directory))];
  return {
    verdict: verdictOf(all),
    about: Object.fromEntries(all.map((check) => [check.about, check])),
    found,
  };
}

/** Somebody else's name at a decision, with a chain and a last line that agree. */
function forged(document: ReportDocument): ReportDocument {
  const events = document.events.map((event) => {
    const { decisions } = event;
    return decisions ? { ...event, decisions: decisions.map((one) => ({ ...one, by: 'nobody' })) } : event;
  });
  return { ...document, events, head: chainHead(events) };
}

test('a report is sound by the word of its run, in the middle of it and at its end', async () => {
  expect(late.events.length).toBeGreaterThan(early.events.length);
  expect((await checked(early)).verdict).toBe('sound');
  expect((await checked(late)).verdict).toBe('sound');
  expect(reportFile(early)).toContain('The run goes on:');
  expect(reportFile(late)).not.toContain('The run goes on:');
});

test('a chain that was made anew is found by the run', async () => {
  const { verdict, about } = await checked(forged(late));
  expect(verdict).toBe('changed');
  expect(about).toMatchObject({
    file: { outcome: 'agrees' },
    chain: { outcome: 'agrees' },
    page: { outcome: 'agrees' },
    journal: { outcome: 'differs' },
  });
});

test('a plan that was made up is found by the run', async () => {
  const plan = late.plan && {
    ...late.plan,
    steps: late.plan.steps.map((step) => ({ ...step, why: 'made up' })),
  };
  const { verdict, about } = await checked({ ...late, plan });
  expect(verdict).toBe('changed');
  expect(about['plan']).toMatchObject({ outcome: 'differs' });
});

test('a report has the plan of its run, and is sound, though no control worker answers', async () => {
  const { control } = real.up.state().processes;
  if (control === null) throw new Error('There is no control worker');
  process.kill(control, 'SIGSTOP');
  try {
    const document = await reportOf(client, ref, wish);
    expect(document.plan).toEqual(late.plan);
    expect((await checked(document)).verdict).toBe('sound');
  } finally {
    process.kill(control, 'SIGCONT');
  }
});

test('a run that ended before it had a plan is reported without one', async () => {
  const run = await real.client.workflow.start(WORKFLOW_TYPE, {
    workflowId: 'ssis-ha/unplanned',
    taskQueue: CONTROL_QUEUE,
    args: [{ site: {}, mode: 'perform', startedBy: 'starter' }],
  });
  await expect(run.result()).rejects.toThrow('Workflow execution failed');
  const { workflowId, firstExecutionRunId: runId } = run;
  const document = await reportOf(client, { workflowId, runId }, wish);
  expect(document.plan).toBeNull();
  expect((await checked(document)).verdict).toBe('sound');
  const { verdict, about } = await checked({ ...document, plan: late.plan });
  expect(verdict).toBe('not known');
  expect(about['plan']).toMatchObject({ outcome: 'not known' });
});

test('without a server the record tells, and where there is none nothing is called sound', async () => {
  const fromRecord = await reportFromRecord(real.directory, ref.runId, wish);
  expect(fromRecord).toMatchObject({ events: late.events, head: late.head, plan: null });
  const { found } = await checked(fromRecord);
  expect(await verifyWithRecord(found, real.directory, 'No server')).toMatchObject([{ outcome: 'agrees' }]);
  expect(
    await verifyWithRecord((await checked(forged(late))).found, real.directory, 'No server'),
  ).toMatchObject([
    { about: 'journal', outcome: 'differs' },
    { about: 'plan', outcome: 'not known' },
  ]);
  const [journal] = await verifyWithRecord(found, elsewhere, 'No server');
  expect(journal).toMatchObject({ outcome: 'not known' });
  expect(journal?.says).toContain('whether the run recorded it is not known');
});

test('nothing is reported from a record that was changed', async () => {
  const path = join(real.directory, 'runs', `${ref.runId}.events`);
  const kept = readFileSync(path, 'utf8');
  writeFileSync(path, kept.replaceAll('starter', 'sombody'));
  await expect(reportFromRecord(real.directory, ref.runId, wish)).rejects.toThrow(
    /are not the \d+ that it recorded/,
  );
  writeFileSync(path, kept);
  await expect(reportFromRecord(real.directory, ref.runId, wish)).resolves.toMatchObject({ head: late.head });
});

test('a run without a journal is told to have none', async () => {
  const path = join(real.directory, 'runs', ref.runId);
  const kept = readFileSync(path, 'utf8');
  const { journal: _journal, ...older } = JSON.parse(kept) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify(older));
  await expect(reportFromRecord(real.directory, ref.runId, wish)).rejects.toThrow(
    /has no journal: an earlier version/,
  );
  writeFileSync(path, kept);
});
