import { describe, expect, test } from 'vitest';
import { OperatorError, TransientError } from '../../activities/failures.ts';
import { found } from './at-chapter-five.ts';
import { engineOn, labUpTo, open, planned } from './estate-at.ts';
import { apply, look, perform, undo } from './walk.ts';

describe('seeding', () => {
  test('never drops an SSISDB that this run has not restored', async () => {
    await labUpTo('seed-secondary');
    const own = found(engineOn('NODE-A').databases['SSISDB']);
    engineOn('NODE-B').databases['SSISDB'] = {
      ...own,
      state: 'RESTORING',
      group: null,
      restoredFrom: { name: 'somebody', rolledForward: true },
    };
    const [step] = await planned('seed-secondary');
    await expect(perform(open(), step)).rejects.toThrow(OperatorError);
    expect(engineOn('NODE-B').databases['SSISDB']?.restoredFrom?.name).toBe('somebody');
  });

  test('goes on from the copy that an earlier try has left', async () => {
    await labUpTo('seed-secondary');
    setEndpoint('STOPPED');
    const [step] = await planned('seed-secondary');
    await expect(apply(open(), step, (await look(open(), step)).observed)).rejects.toThrow(TransientError);
    expect(engineOn('NODE-B').databases['SSISDB']).toMatchObject({ state: 'RESTORING', group: null });
    const copiedAt = engineOn('NODE-B').databases['SSISDB']?.createdAt;
    setEndpoint('STARTED');
    await perform(open(), step);
    expect(engineOn('NODE-B').databases['SSISDB']).toMatchObject({ state: 'ONLINE', createdAt: copiedAt });
  });

  test('begins anew where the log of the primary was backed up too far', async () => {
    await labUpTo('seed-secondary');
    const [step] = await planned('seed-secondary');
    setEndpoint('STOPPED');
    await expect(apply(open(), step, (await look(open(), step)).observed)).rejects.toThrow(TransientError);
    setEndpoint('STARTED');
    othersBackUpTheLog();
    await perform(open(), step);
    expect(engineOn('NODE-B').databases['SSISDB']).toMatchObject({ state: 'ONLINE', group: 'AG_SSISDB' });
  });

  test('leaves no backup on the share', async () => {
    await labUpTo('store-master-key-password');
    expect(open().laboratory.estate.shares[open().site.availabilityGroup.seeding.share]?.files).toEqual({});
  });

  test('says what the engine lacks where its account may not write to the share', async () => {
    await labUpTo('seed-secondary');
    const share = open().laboratory.estate.shares[open().site.availabilityGroup.seeding.share];
    if (share) share.fullControl = [open().site.operator.account];
    const [step] = await planned('seed-secondary');
    await expect(perform(open(), step)).rejects.toThrow(/error 3201/);
  });
});

describe("the password of SSISDB's master key", () => {
  test('is proven before anything rests on it', async () => {
    await labUpTo('prove-master-key-password');
    for (const catalog of Object.values(open().laboratory.estate.catalogs))
      catalog.masterKeyPassword = 'sealed:other';
    const [step] = await planned('prove-master-key-password');
    const { shortfall, advice } = await look(open(), step);
    expect(shortfall).toHaveLength(1);
    expect(advice).toContain('ADD ENCRYPTION BY PASSWORD');
  });

  test('is stored beside a row that an earlier catalog has left', async () => {
    await labUpTo('store-master-key-password');
    const family = engineOn('NODE-B').databases['SSISDB']?.family ?? '';
    engineOn('NODE-B').masterKeyPasswords.push({ family, password: 'sealed:older', createdAt: 1 });
    const step = found((await planned('store-master-key-password')).find(({ host }) => host === 'NODE-B'));
    expect((await look(open(), step)).shortfall).toHaveLength(1);
    const walked = await perform(open(), step);
    expect(engineOn('NODE-B').masterKeyPasswords).toHaveLength(2);
    await undo(open(), walked);
    expect(engineOn('NODE-B').masterKeyPasswords).toEqual([
      { family, password: 'sealed:older', createdAt: 1 },
    ]);
  });
});

/** Of the primary: a refused change puts the whole estate back, so nothing of it is held on to. */
function setEndpoint(state: 'STARTED' | 'STOPPED'): void {
  const { endpoint } = engineOn('NODE-A');
  if (endpoint) endpoint.state = state;
}

/** The chain of the site's own backups goes on past what was seeded. */
function othersBackUpTheLog(): void {
  const { databases, backups } = engineOn('NODE-A');
  const database = found(databases['SSISDB']);
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
