import { afterEach, describe, expect, test } from 'vitest';
import type { Host } from '../../lab/model/estate/host.ts';
import { workerIsOnline } from '../../lab/model/worker.ts';
import { sampleSite } from '../site-builder.ts';
import { applied, closeLab, labUpTo, open, planned, seenAsItIs, siteWith } from './estate-at.ts';
import { found } from './at-chapter-five.ts';
import { perform, planOf, undo, walk } from './walk.ts';
import { siteSchema } from '../../activities/site.ts';

afterEach(closeLab);

const SETTINGS = 'C:\\Program Files\\Microsoft SQL Server\\160\\DTS\\Binn\\WorkerSettings.config';
const SERVICE = 'SSISScaleOutWorker160';

const settingsOf = (host: Host) => found(host.files[SETTINGS]);
const ownCertificate = (host: Host) => found(host.certificates.find(({ store }) => store === 'My'));

async function step(id: string, host: string) {
  return found((await planOf(open())).find((candidate) => candidate.id === id && candidate.host === host));
}

describe('trusting the workers', () => {
  test('no certificate that could sign others enters Root', async () => {
    const at = await labUpTo('trust-workers');
    const [path] = found(Object.keys(at.shares()).filter((name) => name.includes('worker-1')));
    const file = found(at.shares()[found(path)]);
    file.content = JSON.stringify({ ...JSON.parse(file.content), isAuthority: true });
    const [first] = await planned('trust-workers');
    await expect(applied(first)).rejects.toMatchObject({
      message: expect.stringContaining('may sign other certificates'),
    });
    expect(at.at('NODE-A').certificates.some(({ subject }) => subject.includes('WORKER-1'))).toBe(false);
  });

  test('a worker whose certificate was replaced is trusted again', async () => {
    const at = await labUpTo('configure-worker');
    ownCertificate(at.at('WORKER-1')).thumbprint = 'A'.repeat(40);
    const settings = settingsOf(at.at('WORKER-1'));
    settings.content = settings.content.replace(
      /(WorkerHttpsCertThumbprint": ")[^"]*/,
      `$1${'A'.repeat(40)}`,
    );
    for (const id of ['install-worker', 'trust-workers']) {
      for (const one of await planned(id)) await perform(open(), one);
    }
    for (const node of ['NODE-A', 'NODE-B']) {
      expect(at.at(node).certificates.map(({ thumbprint }) => thumbprint)).toContain('A'.repeat(40));
    }
  });

  test('a foreign certificate of that name is left where it is by the undo', async () => {
    const at = await labUpTo('trust-workers');
    const foreign = {
      ...ownCertificate(at.at('WORKER-1')),
      store: 'Root' as const,
      thumbprint: 'B'.repeat(40),
    };
    at.at('NODE-A').certificates.push(foreign);
    const walked = await perform(open(), await step('trust-workers', 'NODE-A'));
    await undo(open(), walked);
    const left = at.at('NODE-A').certificates.filter(({ subject }) => subject.includes('WORKER-1'));
    expect(left.map(({ thumbprint }) => thumbprint)).toEqual(['B'.repeat(40)]);
  });
});

describe('configuring a worker', () => {
  test('leaves unknown keys, their order and the line ends as they are', async () => {
    const at = await labUpTo('configure-worker');
    const settings = settingsOf(at.at('WORKER-1'));
    const before = settings.content
      .replace('{', '{\r\n  "Later": { "MaxTask": [1, 2] },')
      .replaceAll('\n', '\r\n');
    settings.content = before;
    await perform(open(), await step('configure-worker', 'WORKER-1'));
    const expected = before.replace(
      /(MasterHttpsCertThumbprint": ")/,
      `$1${JSON.parse(settings.content).MasterHttpsCertThumbprint}`,
    );
    expect(settings.content).toBe(expected);
    expect(settings.content).toContain('"Later": { "MaxTask": [1, 2] }');
  });

  test('adds a key that an older product did not write', async () => {
    const at = await labUpTo('configure-worker');
    const settings = settingsOf(at.at('WORKER-1'));
    settings.content = settings.content.replace(/\s*"MaxTaskCount": 10,/, '');
    const before = settings.content;
    const walked = await perform(open(), await step('configure-worker', 'WORKER-1'));
    expect(JSON.parse(settings.content)).toMatchObject({ MaxTaskCount: 10 });
    await undo(open(), walked);
    expect(settings.content).toBe(before);
  });

  test('asks before it takes a worker from another Master', async () => {
    const at = await labUpTo('configure-worker');
    const settings = settingsOf(at.at('WORKER-1'));
    settings.content = settings.content.replace(
      /(MasterEndpoint": ")[^"]*/,
      '$1https://old-master.lab.example:8391',
    );
    const { gate } = await seenAsItIs(await step('configure-worker', 'WORKER-1'));
    expect(gate).toContain('https://old-master.lab.example:8391');
    expect((await seenAsItIs(await step('configure-worker', 'WORKER-2'))).gate).toBeNull();
  });

  test('waits until the worker holds no tasks, and lets it go on afterwards', async () => {
    const at = await labUpTo('deploy-probe-package');
    const catalog = found(Object.values(at.estate().catalogs)[0]);
    const agent = found(Object.values(catalog.workers).find(({ machineName }) => machineName === 'WORKER-1'));
    catalog.executions[900] = { ...busy(900), worker: agent.id };
    const settings = settingsOf(at.at('WORKER-1'));
    settings.content = settings.content.replace('"MaxTaskCount": 10', '"MaxTaskCount": 4');
    const one = await step('configure-worker', 'WORKER-1');
    const startedAt = at.at('WORKER-1').services[SERVICE]?.startedAt;
    await expect(applied(one)).rejects.toThrow('WORKER-1 holds 1 task');
    expect(at.at('WORKER-1').services[SERVICE]?.startedAt).toBe(startedAt);
    found(catalog.executions[900]).status = 7;
    await applied(one);
    expect((await seenAsItIs(one)).shortfall).toEqual([]);
    expect(agent.enabled).toBe(true);
  });
});

describe('enabling a worker', () => {
  test('tells of a copied machine, whose worker has the id of another', async () => {
    const at = await labUpTo('enable-worker');
    const id = JSON.parse(settingsOf(at.at('WORKER-1')).content).AgentId as string;
    const copy = settingsOf(at.at('WORKER-2'));
    copy.content = copy.content.replace(/(AgentId": ")[^"]*/, `$1${id}`);
    await expect(seenAsItIs(await step('enable-worker', 'WORKER-2'))).rejects.toMatchObject({
      message: expect.stringMatching(/WORKER-2 and WORKER-1 have the same AgentId/),
      advice: expect.stringContaining('AgentId'),
    });
  });

  test('notes that one worker is none to spare', async () => {
    await labUpTo(
      'enable-worker',
      siteWith((site) => void site.workers.pop()),
    );
    const { notes } = await seenAsItIs(await step('enable-worker', 'WORKER-1'));
    expect(notes).toEqual([expect.stringContaining('only worker')]);
  });
});

describe('a worker is online only', () => {
  test('where the node that runs the Master trusts it', async () => {
    const at = await labUpTo('deploy-probe-package');
    expect(workerIsOnline(at.estate(), 'WORKER-1')).toBe(true);
    const owner = at.at(found(at.estate().cluster?.groups['SSIS-MASTER']).owner);
    owner.certificates = owner.certificates.filter(({ subject }) => !subject.includes('WORKER-1'));
    expect(workerIsOnline(at.estate(), 'WORKER-1')).toBe(false);
    expect(workerIsOnline(at.estate(), 'WORKER-2')).toBe(true);
  });

  test('while nothing in that Root is signed by another', async () => {
    const at = await labUpTo('deploy-probe-package');
    const owner = at.at(found(at.estate().cluster?.groups['SSIS-MASTER']).owner);
    owner.certificates.push({
      ...found(owner.certificates[0]),
      store: 'Root',
      subject: 'CN=a',
      issuer: 'CN=b',
    });
    expect(workerIsOnline(at.estate(), 'WORKER-1')).toBe(false);
  });
});

test('a node can be a worker too', async () => {
  const workers = [{ name: 'NODE-B', ip: '10.10.0.12', maxTasks: 5 }];
  const at = await labUpTo('drill-role-move', siteSchema.parse(sampleSite({ workers })));
  expect(workerIsOnline(at.estate(), 'NODE-B')).toBe(true);
  const { notes } = await seenAsItIs(await step('enable-worker', 'NODE-B'));
  expect(notes).toHaveLength(2);
});

test('a second walk finds every worker in place', async () => {
  const at = await labUpTo('check-one-truth');
  const before = JSON.stringify(at.estate());
  const walked = await walk(open(), ({ chapter }) => chapter === 10);
  const workers = walked.filter((one) => one.planned.chapter === 9);
  expect(workers.flatMap((one) => one.before.shortfall)).toEqual([]);
  expect(JSON.stringify(at.estate())).toBe(before);
});

function busy(id: number) {
  return {
    id,
    folder: 'Sales',
    project: 'Load',
    package: 'Load.dtsx',
    status: 2,
    worker: null,
    anyWorker: true,
    startedAt: 0,
    endsAt: null,
    messages: 0,
    machine: 'NODE-A',
  };
}
