import { afterEach, describe, expect, test } from 'vitest';
import { OperatorError, TransientError } from '../../activities/failures.ts';
import { homeTarget, primaryTarget, replicasOf, targetOf } from '../../activities/primary.ts';
import { siteSchema, type Site } from '../../activities/site.ts';
import { failOver } from '../../lab/model/availability.ts';
import type { Instance } from '../../lab/model/estate.ts';
import { masterKeyOpens } from '../../lab/model/master-key.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { sampleSite } from '../site-builder.ts';
import { apply, look, perform, planOf, undo, walk, type Walked } from './walk.ts';

let lab: InProcessLab;
afterEach(() => lab.close());

describe('the availability group', () => {
  test('is in place on every replica, whichever is primary after a failover', async () => {
    await begin('point-master-at-listener');
    const group = theGroup();
    failOver(lab.laboratory.estate, group, 'NODE-B');
    for (const planned of await chapter()) {
      expect([planned.key, (await look(lab, planned)).shortfall]).toEqual([planned.key, []]);
    }
    expect(engine('NODE-B').databases['SSISDB']).toSatisfy(masterKeyOpens);
  });

  test('is taken back whole, last step first', async () => {
    const before = await begin('enable-always-on');
    const done: Walked[] = [];
    for (const planned of await chapter()) done.push(await perform(lab, planned));
    for (const walked of done.toReversed()) {
      if (walked.before.shortfall.length > 0) await undo(lab, walked);
    }
    const { estate } = lab.laboratory;
    expect(estate.groups).toEqual({});
    expect(engine('NODE-B').databases).toEqual({});
    expect(engine('NODE-A').databases['SSISDB']).toMatchObject({
      state: 'ONLINE',
      recovery: 'SIMPLE',
      group: null,
    });
    expect(Object.keys(estate.catalogs)).toEqual(Object.keys(before.catalogs));
    expect(engine('NODE-B').masterKeyPasswords).toEqual([]);
    expect(Object.keys(engine('NODE-A').jobs)).toEqual(['SSIS Server Maintenance Job']);
  });

  test('commits synchronously on no more replicas than the version allows', async () => {
    await begin('seed-secondary', withNodes(4, 2017));
    expect(modes()).toEqual([
      'SYNCHRONOUS_COMMIT AUTOMATIC',
      'SYNCHRONOUS_COMMIT AUTOMATIC',
      'SYNCHRONOUS_COMMIT AUTOMATIC',
      'ASYNCHRONOUS_COMMIT MANUAL',
    ]);
    for (const planned of await steps('seed-secondary')) await perform(lab, planned);
    expect(
      Object.values(lab.laboratory.estate.hosts).filter(({ instances }) => memberIn(instances)).length,
    ).toBe(4);
  });

  test('spans named instances under the names that they call themselves', async () => {
    const instance = { ...(sampleSite()['instance'] as object), name: 'SSIS', port: 1500 };
    await begin('point-master-at-listener', siteSchema.parse(sampleSite({ instance })));
    expect(Object.keys(theGroup().replicas)).toEqual(['NODE-A\\SSIS', 'NODE-B\\SSIS']);
  });

  test('uses an endpoint that somebody else has made, at its own port and after a person agreed', async () => {
    await begin('create-endpoint');
    engine('NODE-B').endpoint = {
      name: 'Mirroring',
      port: 7022,
      state: 'STOPPED',
      owner: 'LAB\\somebody',
      connectGrants: ['LAB\\friend'],
    };
    for (const planned of await steps('create-endpoint')) {
      const { gate } = await look(lab, planned);
      expect(gate?.includes('Mirroring') ?? false).toBe(planned.host === 'NODE-B');
    }
    await walk(lab, ({ id }) => id === 'seed-secondary');
    expect(theGroup().replicas['NODE-B']?.endpointUrl).toBe('TCP://node-b.lab.example:7022');
    expect(engine('NODE-B').endpoint).toMatchObject({ state: 'STARTED', owner: 'sa' });
    expect(engine('NODE-B').endpoint?.connectGrants).toContain('LAB\\friend');
  });

  test('lets in the machine of an engine that has no account in the domain', async () => {
    await begin('create-endpoint');
    const service = lab.laboratory.estate.hosts['NODE-B']?.services['MSSQLSERVER'];
    if (service) service.account = 'NT Service\\MSSQLSERVER';
    await walk(lab, ({ id }) => id === 'prove-master-key-password');
    expect(engine('NODE-A').endpoint?.connectGrants).toEqual(['LAB\\NODE-B$']);
    expect(engine('NODE-B').endpoint?.connectGrants).toEqual(['LAB\\svc-engine']);
  });
});

describe('seeding', () => {
  test('never drops an SSISDB that this run has not restored', async () => {
    await begin('seed-secondary');
    const own = engine('NODE-A').databases['SSISDB'];
    if (!own) throw new Error('no SSISDB');
    engine('NODE-B').databases['SSISDB'] = {
      ...own,
      state: 'RESTORING',
      group: null,
      restoredFrom: { name: 'somebody', rolledForward: true },
    };
    const [planned] = await steps('seed-secondary');
    if (!planned) throw new Error('no step');
    await expect(perform(lab, planned)).rejects.toThrow(OperatorError);
    expect(engine('NODE-B').databases['SSISDB']?.restoredFrom?.name).toBe('somebody');
  });

  test('goes on from the copy that an earlier try has left', async () => {
    await begin('seed-secondary');
    setEndpoint('STOPPED');
    const [planned] = await steps('seed-secondary');
    if (!planned) throw new Error('no step');
    await expect(apply(lab, planned, (await look(lab, planned)).observed)).rejects.toThrow(TransientError);
    expect(engine('NODE-B').databases['SSISDB']).toMatchObject({ state: 'RESTORING', group: null });
    const copiedAt = engine('NODE-B').databases['SSISDB']?.createdAt;
    setEndpoint('STARTED');
    await perform(lab, planned);
    expect(engine('NODE-B').databases['SSISDB']).toMatchObject({ state: 'ONLINE', createdAt: copiedAt });
  });

  test('begins anew where the log of the primary was backed up too far', async () => {
    await begin('seed-secondary');
    const [planned] = await steps('seed-secondary');
    if (!planned) throw new Error('no step');
    setEndpoint('STOPPED');
    await expect(apply(lab, planned, (await look(lab, planned)).observed)).rejects.toThrow(TransientError);
    setEndpoint('STARTED');
    othersBackUpTheLog();
    await perform(lab, planned);
    expect(engine('NODE-B').databases['SSISDB']).toMatchObject({ state: 'ONLINE', group: 'AG_SSISDB' });
  });

  test('leaves no backup on the share', async () => {
    await begin('store-master-key-password');
    expect(lab.laboratory.estate.shares[lab.site.availabilityGroup.seeding.share]?.files).toEqual({});
  });

  test('says what the engine lacks where its account may not write to the share', async () => {
    await begin('seed-secondary');
    const share = lab.laboratory.estate.shares[lab.site.availabilityGroup.seeding.share];
    if (share) share.fullControl = [lab.site.operator.account];
    const [planned] = await steps('seed-secondary');
    if (!planned) throw new Error('no step');
    await expect(perform(lab, planned)).rejects.toThrow(/error 3201/);
  });
});

describe("the password of SSISDB's master key", () => {
  test('is proven before anything rests on it', async () => {
    await begin('prove-master-key-password');
    for (const catalog of Object.values(lab.laboratory.estate.catalogs))
      catalog.masterKeyPassword = 'sealed:other';
    const [planned] = await steps('prove-master-key-password');
    if (!planned) throw new Error('no step');
    const { shortfall, advice } = await look(lab, planned);
    expect(shortfall).toHaveLength(1);
    expect(advice).toContain('ADD ENCRYPTION BY PASSWORD');
  });

  test('is stored beside a row that an earlier catalog has left', async () => {
    await begin('store-master-key-password');
    const family = engine('NODE-B').databases['SSISDB']?.family ?? '';
    engine('NODE-B').masterKeyPasswords.push({ family, password: 'sealed:older', createdAt: 1 });
    const planned = (await steps('store-master-key-password')).find(({ host }) => host === 'NODE-B');
    if (!planned) throw new Error('no step');
    expect((await look(lab, planned)).shortfall).toHaveLength(1);
    const walked = await perform(lab, planned);
    expect(engine('NODE-B').masterKeyPasswords).toHaveLength(2);
    await undo(lab, walked);
    expect(engine('NODE-B').masterKeyPasswords).toEqual([{ family, password: 'sealed:older', createdAt: 1 }]);
  });
});

describe('the listener', () => {
  test("needs the cluster's right to its computer object", async () => {
    await begin('create-listener');
    const { computers } = lab.laboratory.estate.directory;
    const prestaged = computers['ssisdb-ag'];
    if (prestaged) prestaged.fullControl = [];
    const [planned] = await steps('create-listener');
    if (!planned) throw new Error('no step');
    await expect(perform(lab, planned)).rejects.toThrow(/error 19471/);
  });

  test('registers one address for a short time where it has several subnets', async () => {
    const addresses = [
      { ip: '10.10.0.21', mask: '255.255.255.0' },
      { ip: '10.20.0.21', mask: '255.255.255.0' },
    ];
    const group = sampleSite()['availabilityGroup'] as { listener: object };
    const site = sampleSite({ availabilityGroup: { ...group, listener: { ...group.listener, addresses } } });
    await begin('match-server-objects', siteSchema.parse(site));
    const resource = lab.laboratory.estate.cluster?.groups['AG_SSISDB']?.resources['AG_SSISDB_SSISDB-AG'];
    expect(resource?.parameters).toMatchObject({ RegisterAllProvidersIP: 0, HostRecordTTL: 300 });
  });
});

describe('who is primary', () => {
  test('is asked of every node, and a node that is away keeps nobody from answering', async () => {
    await begin('create-listener');
    const ports = lab.portsOn('NODE-A');
    failOver(lab.laboratory.estate, theGroup(), 'NODE-B');
    engine('NODE-A').running = false;
    expect(await primaryTarget(ports, replicasOf(lab.site))).toEqual(
      targetOf('NODE-B', replicasOf(lab.site)),
    );
  });

  test('is nobody while the primary is away', async () => {
    await begin('create-listener');
    engine('NODE-A').running = false;
    await expect(primaryTarget(lab.portsOn('NODE-B'), replicasOf(lab.site))).rejects.toThrow(TransientError);
  });

  test('is the first node before there is a group', async () => {
    await begin('create-group');
    const ports = lab.portsOn('NODE-B');
    expect(await homeTarget(ports, replicasOf(lab.site))).toEqual(targetOf('NODE-A', replicasOf(lab.site)));
    await expect(primaryTarget(ports, replicasOf(lab.site))).rejects.toThrow(OperatorError);
  });

  test('is tested again by a script that changes something', async () => {
    await begin('create-listener');
    const change = lab.portsOn('NODE-B').sql.run('addReplicaInfo', { server: 'NODE-C' });
    await expect(change).rejects.toThrow(/error 50101/);
  });
});

async function begin(id: string, site?: Site) {
  lab = openInProcessLab(site);
  await walk(lab, (planned) => planned.id === id);
  return structuredClone(lab.laboratory.estate);
}

async function steps(id: string) {
  return (await planOf(lab)).filter((planned) => planned.id === id);
}

async function chapter() {
  return (await planOf(lab)).filter((planned) => planned.chapter === 4);
}

function engine(host: string): Instance {
  const instance = lab.laboratory.estate.hosts[host]?.instances[lab.site.instance.name];
  if (!instance) throw new Error(`no engine on ${host}`);
  return instance;
}

function theGroup() {
  const group = lab.laboratory.estate.groups['AG_SSISDB'];
  if (!group) throw new Error('no group');
  return group;
}

function modes(): string[] {
  return Object.values(theGroup().replicas).map(
    ({ availabilityMode, failoverMode }) => `${availabilityMode} ${failoverMode}`,
  );
}

function memberIn(instances: Readonly<Record<string, Instance>>): boolean {
  return Object.values(instances).some(({ databases }) => databases['SSISDB']?.group === 'AG_SSISDB');
}

/** Of the primary: a refused change puts the whole estate back, so nothing of it is held on to. */
function setEndpoint(state: 'STARTED' | 'STOPPED'): void {
  const { endpoint } = engine('NODE-A');
  if (endpoint) endpoint.state = state;
}

/** The chain of the site's own backups goes on past what was seeded. */
function othersBackUpTheLog(): void {
  const { databases, backups } = engine('NODE-A');
  const database = databases['SSISDB'];
  if (!database) throw new Error('no SSISDB');
  database.position += 1;
  backups.push({
    database: 'SSISDB',
    type: 'log',
    copyOnly: false,
    file: 'G:\\Backup\\others.trn',
    position: database.position,
    from: 1,
    finishedAt: Date.now(),
  });
}

function withNodes(count: number, version: 2017 | 2022): Site {
  const names = ['NODE-A', 'NODE-B', 'NODE-C', 'NODE-D'].slice(0, count);
  const nodes = names.map((name, at) => ({ name, ip: `10.10.0.${31 + at}`, first: at === 0 }));
  const product = {
    ...(sampleSite()['product'] as object),
    version,
    build: version === 2017 ? '14.0.3460.9' : '16.0.4165.4',
  };
  return siteSchema.parse(sampleSite({ nodes, product }));
}
