import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Verification } from '../../src/client/verification.ts';
import { packageRoot } from '../../src/package-root.ts';
import { readSiteFile } from '../../src/site-file.ts';
import { CONTROL_QUEUE, WORKFLOW_TYPE, type RunRequest } from '../../workflows/contract.ts';
import { agreeable, openRealEstate, type RealEstate } from './real-estate.ts';

const A_WHOLE_RUN_MS = 240_000;
const DRIFT = 'address-of-the-master-old';
const STEP = 'check-one-truth@NODE-A';

let real: RealEstate;
beforeAll(async () => {
  const drill = {
    roleMove: false,
    groupFailover: false,
    crossed: false,
    serviceKill: false,
    nodeLoss: false,
  };
  real = await openRealEstate({ drill });
  await real.untilEnd(await real.start(), agreeable);
}, A_WHOLE_RUN_MS);
afterAll(() => real.close());

/** Runs the command as a shell would, in the folder of the estate. */
function ssisHa(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const command = [join(packageRoot, 'dist', 'cli.js'), ...args, '--dir', real.directory];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: real.directory }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

/** A scheduled verification that is open waits for a person; where there is none, it has not begun yet. */
async function openVerification() {
  for (;;) {
    const query = `WorkflowId STARTS_WITH 'ssis-ha/sample/verify-' AND ExecutionStatus = 'Running'`;
    for await (const { workflowId } of real.client.workflow.list({ query })) {
      return real.client.workflow.getHandle(workflowId);
    }
  }
}

test('a sound estate is told with exit code 0, drift with 1: the cell, and the step that mends it', async () => {
  const before = await real.estate();
  const sound = await ssisHa('verify', 'site.yaml');
  expect(sound).toMatchObject({ code: 0, out: expect.stringContaining('All eight places agree') as string });
  expect(await real.estate()).toEqual(before);

  await real.lab({ type: 'add-scenario', name: DRIFT });
  const spoilt = await real.estate();
  const words = await ssisHa('verify', 'site.yaml');
  expect(words.code).toBe(1);
  expect(words.out).toMatch(/MASTER_ADDRESS +[✖x] NODE-A:8391/);
  expect(words.out).toContain('Mended by set-master-address@primary');
  expect(Math.max(...words.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  const { code, out } = await ssisHa('verify', 'site.yaml', '--json');
  expect(code).toBe(1);
  const { isSound, cells } = JSON.parse(out) as Verification;
  expect(isSound).toBe(false);
  expect(cells.filter(({ state }) => state !== 'agrees')).toEqual([
    {
      place: 'master-address',
      number: 6,
      title: 'MASTER_ADDRESS',
      where: 'primary',
      value: 'https://NODE-A:8391',
      wanted: 'https://ssis-master.lab.example:8391',
      state: 'differs',
      mendedBy: 'set-master-address@primary',
    },
  ]);
  expect(await real.estate()).toEqual(spoilt);
  await real.lab({ type: 'mend-scenario', name: DRIFT });
});

test('on a schedule drift raises one question, which retry settles once the drift is gone', async () => {
  await real.lab({ type: 'add-scenario', name: DRIFT });
  const set = await ssisHa('verify', 'site.yaml', '--every', '1h', '--json');
  expect(JSON.parse(set.out)).toEqual({
    scheduleId: 'ssis-ha/sample/verify',
    everyMinutes: 60,
    isNew: true,
  });
  const run = await openVerification();
  const [question] = await real.untilAsked(run, ({ about }) => about === 'stuck');
  expect(question).toMatchObject({ stepKey: STEP, offers: ['retry', 'stop'] });
  expect(question.seen[0]).toContain('MASTER_ADDRESS in SSISDB is https://NODE-A:8391');
  expect((await ssisHa('list')).out).toMatch(/sample\/verify-\S+ +waiting for a person .* 1 question$/m);
  expect((await ssisHa('status')).out).toContain(`retry ${STEP}`);

  const changed = await ssisHa('verify', 'site.yaml', '--every', '1d', '--json');
  expect(JSON.parse(changed.out)).toMatchObject({ everyMinutes: 1440, isNew: false });
  const { policies } = await real.client.schedule.getHandle('ssis-ha/sample/verify').describe();
  expect(policies.overlap).toBe('SKIP');

  await real.lab({ type: 'mend-scenario', name: DRIFT });
  expect((await ssisHa('retry', STEP)).code).toBe(0);
  expect(await run.result()).toMatchObject({ state: 'done', mode: 'verify', questions: [] });

  expect((await ssisHa('verify', 'site.yaml', '--every', 'off')).code).toBe(0);
  expect(await ssisHa('verify', 'site.yaml', '--every', 'off')).toMatchObject({ code: 1 });
});

test('a question about drift withdraws itself when a later look finds it gone', async () => {
  await real.lab({ type: 'add-scenario', name: DRIFT });
  const { request } = readSiteFile(join(real.directory, 'site.yaml'));
  const argument: RunRequest = {
    site: request,
    mode: 'verify',
    startedBy: 'starter',
    asks: { againMinutes: 0.02 },
  };
  const run = await real.client.workflow.start(WORKFLOW_TYPE, {
    workflowId: 'ssis-ha/sample/verify-by-itself',
    taskQueue: CONTROL_QUEUE,
    args: [argument],
  });
  const [question] = await real.untilAsked(run, ({ about }) => about === 'stuck');
  await real.lab({ type: 'mend-scenario', name: DRIFT });
  expect(await run.result()).toMatchObject({ state: 'done', questions: [], decisions: [] });
  expect(question.stepKey).toBe(STEP);
});

test('a host that nobody reaches is not known, said plainly, and is no success', async () => {
  await real.lab({
    type: 'add-fault',
    host: 'WORKER-1',
    script: 'getWorker',
    kind: 'refuse',
    occurrence: 1,
    times: 99,
  });
  const { code, out } = await ssisHa('verify', 'site.yaml');
  await real.lab({ type: 'clear-faults' });
  expect(code).toBe(1);
  expect(out).toMatch(/MasterEndpoint +\? not known/);
  expect(out).toContain('WORKER-1 could not be looked at');
});
