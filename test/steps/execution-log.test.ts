import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperatorError } from '../../activities/failures.ts';
import { quoted } from '../../activities/steps/6-execution-log/log-account.ts';
import { atChapterFive, found, LOG_LOGIN_KEY, type AtChapterFive } from './at-chapter-five.ts';
import { apply, look, perform, planOf, undo } from './walk.ts';

let at: AtChapterFive;
beforeEach(async () => {
  at = await atChapterFive();
});
afterEach(() => at.lab.close());

describe('the execution log', () => {
  test('gets the same login on every replica and a connection string without a stray bracket', async () => {
    await at.performUntil(({ chapter }) => chapter === 7);
    const [one, other] = ['NODE-A', 'NODE-B'].map((name) => at.login(name));
    expect(other).toEqual(one);
    expect(await at.storedConnection()).toMatch(
      /^Data Source=ssisdb-ag\.lab\.example,1433;Initial Catalog=SSISDB;User Id=##MS_SSISLogDBWorkerAgentLogin##;Password=[A-Za-z0-9]+;$/,
    );
    expect(at.catalog().masterProperties['CLUSTER_LOGDB_SERVER']).toBe('ssisdb-ag.lab.example,1433');
  });

  test('makes a login with another SID anew and gives the old one back', async () => {
    const logins = at.host('NODE-B').instances['MSSQLSERVER']?.logins ?? {};
    logins[LOG_LOGIN_KEY] = { ...found(at.login('NODE-A')), sid: '0xAB', checkPolicy: true };
    const before = { ...logins[LOG_LOGIN_KEY] };
    const planned = await at.step('match-log-login', 'NODE-B');
    expect((await look(at.lab, planned)).gate).toContain('which this run has not made');

    const walked = await perform(at.lab, planned);
    expect(at.login('NODE-B')?.sid).toBe(at.login('NODE-A')?.sid);

    await undo(at.lab, walked);
    expect(at.login('NODE-B')).toEqual(before);
  });

  test('keeps its password as long as the connection string holds it', async () => {
    const before = { login: { ...at.login('NODE-A') }, connection: at.catalog().logConnection };
    const password = await perform(at.lab, await at.step('set-log-password', 'NODE-A'));
    const connection = await perform(at.lab, await at.step('set-log-connection', 'NODE-A'));
    await expect(undo(at.lab, password)).rejects.toThrow(OperatorError);

    await undo(at.lab, connection);
    await undo(at.lab, connection);
    await undo(at.lab, password);

    expect({ login: at.login('NODE-A'), connection: at.catalog().logConnection }).toEqual(before);
  });

  test('asks before it changes what workers use', async () => {
    at.catalog().workers['w'] = {
      id: 'w',
      machineName: 'WORKER-1',
      enabled: true,
      userAccount: 'x',
      lastOnlineAt: null,
    };
    expect((await look(at.lab, await at.step('set-log-password', 'NODE-A'))).gate).toContain(
      'Registered workers: 1',
    );
    expect((await look(at.lab, await at.step('set-log-connection', 'NODE-A'))).gate).toContain(
      'Registered workers: 1',
    );
  });

  test('names the step that was left out where SSISDB has no rows to change', async () => {
    delete at.catalog().masterProperties['CLUSTER_LOGDB_SERVER'];
    const planned = await at.step('set-log-connection', 'NODE-A');
    const { observed } = await look(at.lab, planned);
    await expect(apply(at.lab, planned, observed)).rejects.toMatchObject({
      advice: expect.stringContaining('Enable Scale Out'),
    });
  });

  test('says what helps where this replica cannot open the master key', async () => {
    const database = found(at.host('NODE-A').instances['MSSQLSERVER']?.databases['SSISDB']);
    database.opensByItself = false;
    await expect(look(at.lab, await at.step('set-log-connection', 'NODE-A'))).rejects.toMatchObject({
      advice: expect.stringContaining('OPEN MASTER KEY'),
    });
  });

  test('sets the login of the birthplace too where SSISDB is primary elsewhere', async () => {
    const group = found(at.lab.laboratory.estate.groups['AG_SSISDB']);
    group.primary = 'NODE-B';
    found(at.host('NODE-B').instances['MSSQLSERVER']?.databases['SSISDB']).opensByItself = true;
    await at.performUntil(({ chapter }) => chapter === 7);
    expect(at.login('NODE-A')).toEqual(at.login('NODE-B'));
  });

  test('quotes a value that would not stand for itself', () => {
    expect(quoted('Abc123')).toBe('Abc123');
    expect(quoted('a;b')).toBe('"a;b"');
    expect(quoted('a"b')).toBe('"a""b"');
    expect(quoted(' a')).toBe('" a"');
    expect(quoted("it's")).toBe('"it\'s"');
  });
});

test('a site whose workers log as themselves needs no SQL login', async () => {
  at.lab.close();
  at = await atChapterFive({ executionLog: { login: 'workerAccount' } });
  const before = at.lab.picture();
  const done = [];
  for (const planned of await planOf(at.lab))
    if (planned.chapter === 6) done.push(await perform(at.lab, planned));
  expect(done.map(({ planned }) => planned.id)).toEqual([
    'grant-worker-log-login',
    'grant-worker-log-login',
    'grant-worker-log-account',
    'set-log-connection',
  ]);
  expect(await at.storedConnection()).toContain('Integrated Security=SSPI');
  for (const walked of done.toReversed()) await undo(at.lab, walked);
  expect(JSON.parse(at.lab.picture())).toEqual(JSON.parse(before));
});
