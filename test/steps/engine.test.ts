import { describe, expect, test } from 'vitest';
import {
  applied,
  database,
  engineOf,
  execution,
  formGroup,
  labUpTo,
  open,
  planned,
  siteWith,
} from './estate-at.ts';
import { look, perform, undo } from './walk.ts';

describe('the engine', () => {
  test('of a named instance gets its static port, and the one of before back', async () => {
    const site = siteWith((given) => {
      given.instance.name = 'SSIS';
      given.instance.port = 14330;
    });
    const { at } = await labUpTo('configure-engine', site);
    const port = () => Object.values(at('NODE-A').instances)[0]?.port;
    const old = port();
    const [step] = await planned('configure-engine');
    const done = await perform(open(), step);
    expect(done.before.shortfall.join()).toContain(`but "${old}"`);
    expect(port()).toBe(14330);
    await undo(open(), done);
    expect(port()).toBe(old);
  });

  test('does not start with a certificate whose key its account may not read', async () => {
    const { at } = await labUpTo('configure-engine');
    const host = at('NODE-A');
    const [step] = await planned('configure-engine');
    await perform(open(), step);
    for (const certificate of host.certificates) certificate.keyReaders = [];
    const { powershell } = open().portsOn('NODE-A');
    await powershell.run('restartEngine', { instance: 'MSSQLSERVER' }).catch(() => undefined);
    expect(engineOf(host).running).toBe(false);
    const { shortfall } = await look(open(), step);
    expect(shortfall).toContain('The engine MSSQLSERVER does not run');
    expect(shortfall.join()).toContain('may not read the key');
  });

  test('without a certificate that names node and listener is left alone, with advice', async () => {
    const { at } = await labUpTo('configure-engine');
    at('NODE-A').certificates = at('NODE-A').certificates.filter(({ store }) => store !== 'My');
    const [step] = await planned('configure-engine');
    await expect(applied(step)).rejects.toThrow(/no certificate for node-a\.lab\.example and ssisdb-ag/);
    expect(engineOf(at('NODE-A')).live.mixedMode).toBe(false);
  });

  test('is not restarted while SSISDB is primary on it', async () => {
    const { at } = await labUpTo('check-nodes-match');
    formGroup(open(), 'NODE-A');
    engineOf(at('NODE-A')).pending.mixedMode = false;
    const [step] = await planned('configure-engine');
    await expect(applied(step)).rejects.toThrow(/SSISDB is primary on NODE-A/);
  });

  test('is not restarted under a package that runs', async () => {
    const { at, estate } = await labUpTo('check-nodes-match');
    const [catalog] = Object.values(estate().catalogs);
    if (catalog) catalog.executions['1'] = execution();
    engineOf(at('NODE-A')).pending.mixedMode = false;
    const startedAt = engineOf(at('NODE-A')).startedAt;
    const [step] = await planned('configure-engine');
    await expect(applied(step)).rejects.toThrow(/1 packages are running: .*Load\.dtsx/);
    expect(engineOf(at('NODE-A'))).toMatchObject({ startedAt, pending: { mixedMode: false } });
  });

  test('that starts ends what its catalog thinks has lost its process', async () => {
    const { estate } = await labUpTo('check-nodes-match');
    const [catalog] = Object.values(estate().catalogs);
    if (catalog) catalog.executions['1'] = execution();
    await open().portsOn('NODE-A').powershell.run('restartEngine', { instance: 'MSSQLSERVER' });
    expect(catalog?.executions['1']?.status).toBe(6);
  });

  test('that holds databases of others is changed only after a question', async () => {
    const { at } = await labUpTo('enable-clr');
    const [clr] = await planned('enable-clr');
    expect((await look(open(), clr)).gate).toBeNull();
    Object.assign(engineOf(at('NODE-A')).databases, { Payroll: { ...database(), name: 'Payroll' } });
    expect((await look(open(), clr)).gate).toMatch(/Payroll/);
    const [memory] = await planned('set-server-memory');
    expect((await look(open(), memory)).gate).toMatch(/from 2147483647 to 8192 MB.*Payroll/);
  });
});
