import { describe, expect, test } from 'vitest';
import { OperatorError, TransientError } from '../../activities/failures.ts';
import { homeTarget, primaryTarget, replicasOf, targetOf } from '../../activities/primary.ts';
import { siteSchema, type Site } from '../../activities/site.ts';
import { failOver } from '../../lab/model/availability.ts';
import type { Instance } from '../../lab/model/estate/engine.ts';
import { masterKeyOpens } from '../../lab/model/master-key.ts';
import { sampleSite } from '../site-builder.ts';
import { found } from './at-chapter-five.ts';
import { engineOn, labUpTo, open, planned } from './estate-at.ts';
import { look, perform, planOf, undo, walk, type Walked } from './walk.ts';

describe('the availability group', () => {
  test('is in place on every replica, whichever is primary after a failover', async () => {
    await labUpTo('point-master-at-listener');
    const group = theGroup();
    failOver(open().laboratory.estate, group, 'NODE-B');
    for (const step of await chapter()) {
      expect([step.key, (await look(open(), step)).shortfall]).toEqual([step.key, []]);
    }
    expect(engineOn('NODE-B').databases['SSISDB']).toSatisfy(masterKeyOpens);
  });

  test('is taken back whole, last step first', async () => {
    await labUpTo('enable-always-on');
    const before = structuredClone(open().laboratory.estate);
    const done: Walked[] = [];
    for (const step of await chapter()) done.push(await perform(open(), step));
    for (const walked of done.toReversed()) {
      if (walked.before.shortfall.length > 0) await undo(open(), walked);
    }
    const { estate } = open().laboratory;
    expect(estate.groups).toEqual({});
    expect(engineOn('NODE-B').databases).toEqual({});
    expect(engineOn('NODE-A').databases['SSISDB']).toMatchObject({
      state: 'ONLINE',
      recovery: 'SIMPLE',
      group: null,
    });
    expect(Object.keys(estate.catalogs)).toEqual(Object.keys(before.catalogs));
    expect(engineOn('NODE-B').masterKeyPasswords).toEqual([]);
    expect(Object.keys(engineOn('NODE-A').jobs)).toEqual(['SSIS Server Maintenance Job']);
  });

  test('commits synchronously on no more replicas than the version allows', async () => {
    await labUpTo('seed-secondary', withNodes(4, 2017));
    expect(modes()).toEqual([
      'SYNCHRONOUS_COMMIT AUTOMATIC',
      'SYNCHRONOUS_COMMIT AUTOMATIC',
      'SYNCHRONOUS_COMMIT AUTOMATIC',
      'ASYNCHRONOUS_COMMIT MANUAL',
    ]);
    for (const step of await planned('seed-secondary')) await perform(open(), step);
    expect(
      Object.values(open().laboratory.estate.hosts).filter(({ instances }) => memberIn(instances)).length,
    ).toBe(4);
  });

  test('spans named instances under the names that they call themselves', async () => {
    const instance = { ...(sampleSite()['instance'] as object), name: 'SSIS', port: 1500 };
    await labUpTo('point-master-at-listener', siteSchema.parse(sampleSite({ instance })));
    expect(Object.keys(theGroup().replicas)).toEqual(['NODE-A\\SSIS', 'NODE-B\\SSIS']);
  });

  test('uses an endpoint that somebody else has made, at its own port and after a person agreed', async () => {
    await labUpTo('create-endpoint');
    engineOn('NODE-B').endpoint = {
      name: 'Mirroring',
      port: 7022,
      state: 'STOPPED',
      owner: 'LAB\\somebody',
      connectGrants: ['LAB\\friend'],
    };
    for (const step of await planned('create-endpoint')) {
      const { gate } = await look(open(), step);
      expect(gate?.includes('Mirroring') ?? false).toBe(step.host === 'NODE-B');
    }
    await walk(open(), ({ id }) => id === 'seed-secondary');
    expect(theGroup().replicas['NODE-B']?.endpointUrl).toBe('TCP://node-b.lab.example:7022');
    expect(engineOn('NODE-B').endpoint).toMatchObject({ state: 'STARTED', owner: 'sa' });
    expect(engineOn('NODE-B').endpoint?.connectGrants).toContain('LAB\\friend');
  });

  test('lets in the machine of an engine that has no account in the domain', async () => {
    await labUpTo('create-endpoint');
    const service = open().laboratory.estate.hosts['NODE-B']?.services['MSSQLSERVER'];
    if (service) service.account = 'NT Service\\MSSQLSERVER';
    await walk(open(), ({ id }) => id === 'prove-master-key-password');
    expect(engineOn('NODE-A').endpoint?.connectGrants).toEqual(['LAB\\NODE-B$']);
    expect(engineOn('NODE-B').endpoint?.connectGrants).toEqual(['LAB\\svc-engine']);
  });
});

describe('the listener', () => {
  test("needs the cluster's right to its computer object", async () => {
    await labUpTo('create-listener');
    const { computers } = open().laboratory.estate.directory;
    const prestaged = computers['ssisdb-ag'];
    if (prestaged) prestaged.fullControl = [];
    const [step] = await planned('create-listener');
    await expect(perform(open(), step)).rejects.toThrow(/error 19471/);
  });

  test('registers one address for a short time where it has several subnets', async () => {
    const addresses = [
      { ip: '10.10.0.21', mask: '255.255.255.0' },
      { ip: '10.20.0.21', mask: '255.255.255.0' },
    ];
    const group = sampleSite()['availabilityGroup'] as { listener: object };
    const site = sampleSite({ availabilityGroup: { ...group, listener: { ...group.listener, addresses } } });
    await labUpTo('match-server-objects', siteSchema.parse(site));
    const resource = open().laboratory.estate.cluster?.groups['AG_SSISDB']?.resources['AG_SSISDB_SSISDB-AG'];
    expect(resource?.parameters).toMatchObject({ RegisterAllProvidersIP: 0, HostRecordTTL: 300 });
  });
});

describe('who is primary', () => {
  test('is asked of every node, and a node that is away keeps nobody from answering', async () => {
    await labUpTo('create-listener');
    const ports = open().portsOn('NODE-A');
    failOver(open().laboratory.estate, theGroup(), 'NODE-B');
    engineOn('NODE-A').running = false;
    expect(await primaryTarget(ports, replicasOf(open().site))).toEqual(
      targetOf('NODE-B', replicasOf(open().site)),
    );
  });

  test('is nobody while the primary is away', async () => {
    await labUpTo('create-listener');
    engineOn('NODE-A').running = false;
    await expect(primaryTarget(open().portsOn('NODE-B'), replicasOf(open().site))).rejects.toThrow(
      TransientError,
    );
  });

  test('is the first node before there is a group', async () => {
    await labUpTo('create-group');
    const ports = open().portsOn('NODE-B');
    expect(await homeTarget(ports, replicasOf(open().site))).toEqual(
      targetOf('NODE-A', replicasOf(open().site)),
    );
    await expect(primaryTarget(ports, replicasOf(open().site))).rejects.toThrow(OperatorError);
  });

  test('is tested again by a script that changes something', async () => {
    await labUpTo('create-listener');
    const change = open().portsOn('NODE-B').sql.run('addReplicaInfo', { server: 'NODE-C' });
    await expect(change).rejects.toThrow(/error 50101/);
  });
});

async function chapter() {
  return (await planOf(open())).filter((step) => step.chapter === 4);
}

function theGroup() {
  return found(open().laboratory.estate.groups['AG_SSISDB']);
}

function modes(): string[] {
  return Object.values(theGroup().replicas).map(
    ({ availabilityMode, failoverMode }) => `${availabilityMode} ${failoverMode}`,
  );
}

function memberIn(instances: Readonly<Record<string, Instance>>): boolean {
  return Object.values(instances).some(({ databases }) => databases['SSISDB']?.group === 'AG_SSISDB');
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
