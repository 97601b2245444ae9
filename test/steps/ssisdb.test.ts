import { describe, expect, test } from 'vitest';
import { newRole } from '../../lab/model/generic-service.ts';
import { applied, database, engineOf, formGroup, labUpTo, open, planned } from './estate-at.ts';
import { look, perform, planOf, undo } from './walk.ts';

describe('SSISDB', () => {
  test('is not made a second time where the group has it already', async () => {
    const { estate } = await labUpTo('create-ssisdb');
    Object.assign(estate().cluster?.groups ?? {}, {
      AG_SSISDB: {
        ...estate().cluster?.groups['Cluster Group'],
        name: 'AG_SSISDB',
        type: 'AvailabilityGroup',
      },
    });
    const [step] = await planned('create-ssisdb');
    await expect(look(open(), step)).rejects.toThrow(/the availability group AG_SSISDB is there/);
  });

  test('is not dropped once it holds a project', async () => {
    const { estate } = await labUpTo('create-ssisdb');
    const [step] = await planned('create-ssisdb');
    const done = await perform(open(), step);
    const [catalog] = Object.values(estate().catalogs);
    Object.assign(catalog?.folders ?? {}, { Sales: { Load: { version: 1, packages: ['Load.dtsx'] } } });
    await expect(undo(open(), done)).rejects.toThrow(/holds 1 projects/);
    expect(Object.keys(estate().catalogs)).toHaveLength(1);
  });

  test('that holds projects keeps its history until a person agreed to less', async () => {
    const { estate } = await labUpTo('set-catalog-properties');
    const [catalog] = Object.values(estate().catalogs);
    Object.assign(catalog?.folders ?? {}, { Sales: { Load: { version: 1, packages: ['Load.dtsx'] } } });
    const [step] = await planned('set-catalog-properties');
    const { gate, shortfall } = await look(open(), step);
    expect(gate).toMatch(/1 projects/);
    expect(shortfall).toContain('RETENTION_WINDOW is 365, not 30');
  });

  test('has the backup of its key under a name that only this key has, and none is overwritten', async () => {
    const { shares, estate } = await labUpTo('back-up-master-key');
    const [step] = await planned('back-up-master-key');
    const { before } = await perform(open(), step);
    const [file] = Object.keys(shares()).filter((name) => name.endsWith('.key'));
    expect(before.shortfall).toEqual([`The master key is not backed up in ${file}`]);
    await expect(applied(step, before)).rejects.toThrow(/15240/);
    const [catalog] = Object.values(estate().catalogs);
    if (catalog) catalog.masterKeyPassword = 'another';
    expect((await look(open(), step)).shortfall).not.toEqual([]);
  });

  test.each([
    ['SSISDB is not online', /no SSISDB that is online/],
    ['the operator is no sysadmin', /no member of sysadmin/],
    ['no Master is beside the engine', /No Scale Out Master is installed/],
  ] as const)('is not touched by the turning-on of Scale Out while %s', async (what, said) => {
    const { at, estate } = await labUpTo('enable-scale-out');
    const [step] = await planned('enable-scale-out');
    const host = at('NODE-A');
    const [catalog] = Object.values(estate().catalogs);
    if (what.startsWith('the operator')) engineOf(host).logins['lab\\svc-runbook']?.serverRoles.pop();
    if (what.startsWith('no Master')) host.registry = {};
    if (what.startsWith('SSISDB')) {
      Object.assign(engineOf(host).databases['SSISDB'] ?? {}, { state: 'RESTORING' });
    }
    await expect(applied(step)).rejects.toThrow(said);
    expect(catalog).toMatchObject({ logConnection: null, masterProperties: {} });
  });

  test('gets its log login, its user and the login of the Master when Scale Out is turned on', async () => {
    const { at, estate } = await labUpTo('grant-master-account');
    const { logins } = engineOf(at('NODE-A'));
    const [catalog] = Object.values(estate().catalogs);
    const log = logins['##ms_ssislogdbworkeragentlogin##'];
    expect(log).toMatchObject({ kind: 'sql', checkPolicy: false, disabled: false });
    expect(catalog?.users['##MS_SSISLogDBWorkerAgentUser##']).toMatchObject({
      sid: log?.sid,
      roles: ['ssis_cluster_worker'],
    });
    expect(logins['nt service\\ssisscaleoutmaster160']).toBeDefined();
    expect(catalog?.masterProperties).toMatchObject({
      IS_SCALEOUT_ENABLED: 'TRUE',
      CLUSTER_LOGDB_SERVER: 'NODE-A',
      MASTER_ADDRESS: '',
    });
  });
});

describe('a finished estate', () => {
  test('is in place when SSISDB is primary on the other node and the role runs there', async () => {
    const { at, estate } = await labUpTo('check-nodes-match');
    formGroup(open(), 'NODE-B');
    Object.assign(estate().cluster?.groups ?? {}, {
      'SSIS-MASTER': newRole({
        name: 'SSIS-MASTER',
        service: 'SSISScaleOutMaster160',
        display: 'Scale Out Master',
        addresses: ['10.10.0.22'],
        owners: ['NODE-A', 'NODE-B'],
        owner: 'NODE-B',
        mask: '255.255.255.0',
      }),
    });
    Object.assign(at('NODE-B').services['SSISScaleOutMaster160'] ?? {}, { state: 'Running' });
    const before = open().picture();
    for (const step of await planOf(open())) {
      if (step.chapter !== 2 && step.chapter !== 3) continue;
      expect([step.key, (await look(open(), step)).shortfall]).toEqual([step.key, []]);
    }
    expect(open().picture()).toBe(before);
  });

  test('with an SSISDB of its own on another node is told so, and nobody touches it', async () => {
    const { at } = await labUpTo('check-nodes-match');
    Object.assign(engineOf(at('NODE-B')).databases, { SSISDB: { ...database(), name: 'SSISDB' } });
    const steps = await planned('check-nodes-match');
    const looks = await Promise.all(steps.map((step) => look(open(), step)));
    expect(looks.flatMap(({ shortfall }) => shortfall)).toEqual([
      'NODE-B has an SSISDB of its own (ONLINE), which is no member of AG_SSISDB',
    ]);
  });
});
