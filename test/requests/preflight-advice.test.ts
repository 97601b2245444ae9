import { afterEach, beforeEach, expect, test } from 'vitest';
import { sheetsFor } from '../../activities/requests/sheets.ts';
import { preflight } from '../../activities/steps/0-preflight/index.ts';
import { prepareComputerObjects } from '../../activities/steps/1-failover-cluster/prepare-computer-objects.ts';
import type { Step } from '../../activities/step.ts';
import { secrets } from '../../src/adapters/secrets.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { hostOf, present, putPairToWork } from '../lab/pair-at-work.ts';
import { THIS_RUN } from '../steps/walk.ts';
import { TWO_SUBNETS } from './sites.ts';

let lab: InProcessLab;
beforeEach(() => {
  lab = openInProcessLab();
});
afterEach(() => lab.close());

test('a check that finds nothing missing names no line', async () => {
  for (const { advice } of await everyLook()) expect(advice).not.toMatch(/ssis-ha requests/);
});

test('a fault that others must mend is told with the line that asks them for it', async () => {
  const { directory } = lab.laboratory.estate;
  const { computers, accounts } = directory;
  delete computers['ssis-cluster'];
  Object.assign(computers['ssisdb-ag'] ?? {}, { fullControl: [] });
  directory.dns['ssis-master'] = { addresses: ['10.9.9.9'] };
  lab.laboratory.estate.strangers = ['10.10.0.20'];
  delete accounts['lab\\svc-engine'];
  delete accounts['lab\\sql-admins'];
  Object.assign(accounts['lab\\gmsa-worker$'] ?? {}, { notOn: ['WORKER-1'] });
  Object.assign(hostOf(lab, 'NODE-A'), { administrators: [], clockSkewSeconds: -400 });
  hostOf(lab, 'NODE-B').listens = { 8391: 'nginx' };
  hostOf(lab, 'NODE-B').certificates.length = 0;
  delete lab.laboratory.estate.shares[lab.site.availabilityGroup.seeding.share];

  const seen = await everyLook();
  expect(adviceOf(seen, 'check-names', 'NODE-A')).toMatch(
    /See D1, D2 and D5 of directory\.md, N1 of network\.md \(ssis-ha requests\)\.$/,
  );
  expect(adviceOf(seen, 'check-accounts', 'NODE-A')).toMatch(/See D7 and D11 of directory\.md/);
  expect(adviceOf(seen, 'check-accounts', 'WORKER-1')).toMatch(/See D8 of directory\.md/);
  expect(adviceOf(seen, 'check-host', 'NODE-A')).toMatch(/See D6 of directory\.md, S1 of security\.md/);
  expect(adviceOf(seen, 'check-ports', 'NODE-B')).toMatch(/See N6 of network\.md/);
  expect(adviceOf(seen, 'check-certificates', 'NODE-B')).toMatch(/See S6 of security\.md/);
  expect(adviceOf(seen, 'check-shares', 'NODE-B')).toMatch(/See B2 of backup\.md/);
  expect(adviceOf(seen, 'check-secrets', 'NODE-A')).not.toMatch(/requests/);
  expectLinesToExist(seen.map(({ advice }) => advice));
});

test('a secret that cannot be read is told with its line', async () => {
  const seen = await everyLook((host) => ({ ...lab.portsOn(host), secrets }));
  expect(adviceOf(seen, 'check-secrets', 'NODE-A')).toMatch(/See S10 of security\.md/);
  expectLinesToExist(seen.map(({ advice }) => advice));
});

test('an engine that the operator may not administer is told with its line', async () => {
  putPairToWork(lab);
  const instance = present(hostOf(lab, 'NODE-A').instances['MSSQLSERVER'], 'engine');
  Object.assign(instance.logins['lab\\svc-runbook'] ?? {}, { serverRoles: [] });
  expect(adviceOf(await everyLook(), 'check-sign-in', 'NODE-A')).toMatch(/See S4 of security\.md/);
});

test('an object in use stops the making of objects with its line', async () => {
  lab.close();
  lab = openInProcessLab(TWO_SUBNETS);
  Object.assign(lab.laboratory.estate.directory.computers['ssis-master'] ?? {}, { enabled: true });
  const ports = lab.portsOn('NODE-A');
  const input = prepareComputerObjects.takes(TWO_SUBNETS, 'NODE-A');
  const before = {
    objects: ['SSIS-CLUSTER', 'SSISDB-AG', 'SSIS-MASTER'].map((name) => ({
      name,
      state: name === 'SSIS-MASTER' ? 'taken' : 'missing',
    })),
  };
  await expect(
    prepareComputerObjects.apply(ports, input, { ...THIS_RUN, before, journal: 'journal' }),
  ).rejects.toMatchObject({ advice: expect.stringContaining('See D3 of directory.md (ssis-ha requests).') });
});

interface Seen {
  readonly id: string;
  readonly host: string;
  readonly advice: string;
}

async function everyLook(portsOn = lab.portsOn): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  for (const step of preflight.steps) {
    for (const { host } of step.on(lab.site)) seen.push(await lookAt(step, host, portsOn));
  }
  return seen;
}

async function lookAt(step: Step, host: string, portsOn: InProcessLab['portsOn']): Promise<Seen> {
  const { advice } = await step.look(portsOn(host), step.takes(lab.site, host), THIS_RUN);
  return { id: step.id, host, advice: advice ?? '' };
}

function adviceOf(seen: readonly Seen[], id: string, host: string): string {
  return present(
    seen.find((one) => one.id === id && one.host === host),
    `${id}@${host}`,
  ).advice;
}

/** Every number that an advice names stands on the sheet that it names, and asks for something there. */
function expectLinesToExist(advice: readonly string[]): void {
  const named = advice.flatMap((text) =>
    [...text.matchAll(/((?:[A-Z]\d+(?:, | and )?)+) of (\w+\.md)/g)].flatMap(([, numbers = '', file = '']) =>
      (numbers.match(/[A-Z]\d+/g) ?? []).map((number) => `${file} ${number}`),
    ),
  );
  const there = sheetsFor(lab.site).flatMap(({ file, requests }) =>
    requests.flatMap((request) => ('notNeeded' in request ? [] : [`${file} ${request.number}`])),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((line) => !there.includes(line))).toEqual([]);
}
