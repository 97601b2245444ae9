import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { siteSchema } from '../../activities/site.ts';
import type { Step } from '../../activities/step.ts';
import { preflight } from '../../activities/steps/0-preflight/index.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { hostOf, present, putPairToWork } from '../lab/pair-at-work.ts';
import { sampleSite } from '../site-builder.ts';
import { secrets } from '../../src/adapters/secrets.ts';
import { THIS_RUN } from './walk.ts';

let lab: InProcessLab;
beforeEach(() => {
  lab = openInProcessLab();
});
afterEach(() => lab.close());

const places = (step: Step) => step.on(lab.site).map(({ host }) => host);

test('finds nothing missing on a fresh estate, and changes nothing', async () => {
  const before = lab.picture();
  expect(await everything()).toEqual([]);
  expect(lab.picture()).toBe(before);
});

test('finds nothing missing on an estate that is at work', async () => {
  putPairToWork(lab);
  bringNamesOnline();
  expect(await everything()).toEqual([]);
});

test('performs every check on some host, and the last of them waits for all others', () => {
  const last = preflight.steps.at(-1);
  expect(last?.after).toEqual(preflight.steps.slice(0, -1).map(({ id }) => id));
});

describe('a machine', () => {
  test.each([
    ['in no domain', { domain: null }, /is in no domain/],
    ['without rights for the operator', { administrators: [] }, /no administrator/],
    ['with a clock that Kerberos refuses', { clockSkewSeconds: -400 }, /clock of NODE-A is 6 minutes off/],
    ['with a full drive', { freeGb: { C: 3, E: 9, F: 9, T: 9, G: 9 } }, /C: of NODE-A has 3 GB free/],
    ['without the drive of the log', { freeGb: { C: 9, E: 9, T: 9, G: 9 } }, /no drive F:/],
  ])('%s is refused', async (_name, parts, fault) => {
    Object.assign(hostOf(lab, 'NODE-A'), parts);
    expect((await shortfall('check-host', 'NODE-A')).join('\n')).toMatch(fault);
  });

  test('whose name leads elsewhere is refused', async () => {
    lab.laboratory.estate.directory.dns['node-b'] = { addresses: ['10.9.9.9'] };
    expect(await shortfall('check-host', 'NODE-A')).toContain(
      'node-b.lab.example resolves to 10.9.9.9, not to 10.10.0.12',
    );
  });

  test('that is to restart is warned of, and holds nobody up', async () => {
    hostOf(lab, 'NODE-A').pendingRestart = ['WindowsUpdate\\Auto Update\\RebootRequired'];
    const { shortfall: missing, findings } = await look('check-restart', 'NODE-A');
    expect(missing).toEqual([]);
    expect(findings).toMatchObject([
      { id: 'restart-pends', severity: 'warning', seen: expect.stringContaining('RebootRequired') as string },
    ]);
  });
});

describe('media', () => {
  test('of another build, edition or version are refused', async () => {
    const { media, updates } = lab.site.product;
    hostOf(lab, 'NODE-A').media = {
      [media]: { version: 2019, edition: 'Enterprise', build: '15.0.2000.5' },
      [updates]: { version: 2022, edition: 'Enterprise', build: '16.0.4003.1' },
    };
    const faults = (await shortfall('check-media', 'NODE-A')).join('\n');
    expect(faults).toMatch(/holds version 15.0.1000.6, not 16.x/);
    expect(faults).toMatch(/brings a product key, the site wants Developer/);
    expect(faults).toMatch(/is build 16.0.4003.1, not 16.0.4165.4/);
  });

  test('that are not there are refused', async () => {
    hostOf(lab, 'WORKER-1').media = {};
    expect(await shortfall('check-media', 'WORKER-1')).toEqual([
      'D:\\Media\\SQL2022\\setup.exe is not there',
    ]);
  });
});

describe('an account', () => {
  test('that is missing, switched off or not to be used here is refused', async () => {
    const { accounts } = lab.laboratory.estate.directory;
    delete accounts['lab\\svc-engine'];
    Object.assign(accounts['lab\\svc-agent'] ?? {}, { disabled: true });
    Object.assign(accounts['lab\\gmsa-worker$'] ?? {}, { notOn: ['WORKER-1'] });
    expect(await shortfall('check-accounts', 'NODE-A')).toEqual([
      'The directory knows no LAB\\svc-engine',
      'LAB\\svc-agent is switched off',
    ]);
    expect(await shortfall('check-accounts', 'WORKER-1')).toEqual(['WORKER-1 may not use LAB\\gmsa-worker$']);
    expect(await shortfall('check-accounts', 'WORKER-2')).toEqual([]);
  });
});

describe('a name', () => {
  const computers = () => lab.laboratory.estate.directory.computers;

  test('that is not prestaged, closed or in use is refused', async () => {
    delete computers()['ssis-cluster'];
    Object.assign(computers()['ssisdb-ag'] ?? {}, { fullControl: [] });
    Object.assign(computers()['ssis-master'] ?? {}, { enabled: true });
    const faults = (await shortfall('check-names', 'NODE-A')).join('\n');
    expect(faults).toMatch(/SSIS-CLUSTER is not prestaged/);
    expect(faults).toMatch(/LAB\\SSIS-CLUSTER\$ has no full control of the computer object SSISDB-AG/);
    expect(faults).toMatch(/SSIS-MASTER is enabled/);
  });

  test('that leads elsewhere, or whose address answers, is refused', async () => {
    const { estate } = lab.laboratory;
    estate.directory.dns['ssis-master'] = { addresses: ['10.9.9.9'] };
    estate.strangers = ['10.10.0.20'];
    expect(await shortfall('check-names', 'NODE-A')).toEqual([
      'Something answers at 10.10.0.20, which is meant for SSIS-CLUSTER',
      'SSIS-MASTER resolves to 10.9.9.9, not to 10.10.0.22',
    ]);
  });

  test('may be missing where the operator may make it, and only there', async () => {
    lab.close();
    lab = openInProcessLab(
      siteSchema.parse(sampleSite({ directory: { ...DIRECTORY, computerObjects: 'create' } })),
    );
    expect(await shortfall('check-names', 'NODE-A')).toEqual([]);
    Object.assign(lab.laboratory.estate.directory.accounts['lab\\svc-runbook'] ?? {}, {
      canCreateComputers: false,
    });
    expect((await shortfall('check-names', 'NODE-A')).join()).toMatch(/may not create computer objects/);
  });
});

test('a port that another program holds is refused', async () => {
  hostOf(lab, 'NODE-B').listens = { 8391: 'nginx' };
  expect(await shortfall('check-ports', 'NODE-B')).toEqual(['Port 8391 of NODE-B is held by nginx']);
});

describe('an engine', () => {
  test('that does not run, or whose operator is no sysadmin, is refused', async () => {
    putPairToWork(lab);
    const instance = present(hostOf(lab, 'NODE-A').instances['MSSQLSERVER'], 'engine');
    Object.assign(instance.logins['lab\\svc-runbook'] ?? {}, { serverRoles: [] });
    expect(await shortfall('check-sign-in', 'NODE-A')).toEqual(['LAB\\svc-runbook is no sysadmin on NODE-A']);
    instance.running = false;
    expect((await shortfall('check-sign-in', 'NODE-A')).join()).toMatch(/is not running/);
  });

  test('that an earlier run left without its certificate holds nobody up', async () => {
    putPairToWork(lab);
    const instance = present(hostOf(lab, 'NODE-A').instances['MSSQLSERVER'], 'engine');
    instance.live.certificate = null;
    instance.pending.certificate = null;
    const { shortfall: missing, notes } = await look('check-sign-in', 'NODE-A');
    expect(missing).toEqual([]);
    expect(notes.join()).toMatch(/not reachable yet/);
  });
});

test('secrets are asked for on the hosts that need them', async () => {
  const missingOn = async (host: string) => {
    const found = await look('check-secrets', host, { ...lab.portsOn(host), secrets });
    return found.shortfall.join('\n');
  };
  expect(await missingOn('NODE-A')).toContain('The secret in secrets/catalog-key cannot be read (ENOENT)');
  expect(await missingOn('WORKER-1')).toContain('The secret in secrets/operator cannot be read');
  expect(await missingOn('WORKER-1')).not.toContain('catalog-key');
});

const DIRECTORY = sampleSite()['directory'] as Record<string, unknown>;

async function everything(): Promise<string[]> {
  const faults: string[] = [];
  for (const step of preflight.steps) {
    for (const host of places(step)) faults.push(...(await shortfall(step.id, host)));
  }
  return faults;
}

async function shortfall(id: string, host: string): Promise<readonly string[]> {
  return (await look(id, host)).shortfall;
}

function look(id: string, host: string, ports = lab.portsOn(host)) {
  const step = present(
    preflight.steps.find((candidate) => candidate.id === id),
    `step ${id}`,
  );
  return step.look(ports, step.takes(lab.site, host), THIS_RUN);
}

function bringNamesOnline(): void {
  const { directory } = lab.laboratory.estate;
  const { cluster, availabilityGroup, scaleOutMaster } = lab.site;
  for (const name of [cluster.name, availabilityGroup.listener.name, scaleOutMaster.name]) {
    Object.assign(directory.computers[name.toLowerCase()] ?? {}, { enabled: true });
  }
}
