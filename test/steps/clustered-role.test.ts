import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperatorError } from '../../activities/failures.ts';
import { atChapterFive, found, MASTER_SERVICE, type AtChapterFive } from './at-chapter-five.ts';
import { apply, look, perform, undo } from './walk.ts';

let at: AtChapterFive;
beforeEach(async () => {
  at = await atChapterFive();
});
afterEach(() => at.lab.close());

describe('the clustered role', () => {
  beforeEach(() => at.performUntil(({ chapter }) => chapter === 7));

  test('is refused while the Master is disabled or runs on a node', async () => {
    Object.assign(found(at.host('NODE-B').services[MASTER_SERVICE]), {
      startMode: 'Disabled',
      state: 'Running',
    });
    const planned = await at.step('create-role', 'NODE-A');
    const { observed } = await look(at.lab, planned);
    await expect(apply(at.lab, planned, observed)).rejects.toThrow(/disabled on NODE-B.*Running on NODE-B/);
  });

  test('is refused under a name that another group has', async () => {
    const { cluster } = at.lab.laboratory.estate;
    const core = found(cluster?.groups['Cluster Group']);
    if (cluster) cluster.groups['ssis-master'] = { ...core, name: 'ssis-master' };
    await expect(look(at.lab, await at.step('create-role', 'NODE-A'))).rejects.toThrow(
      /does not hold SSISScaleOutMaster160/,
    );
  });

  test('is refused where the cluster may not take its computer object', async () => {
    const computer = found(at.lab.laboratory.estate.directory.computers['ssis-master']);
    computer.fullControl = [];
    const planned = await at.step('create-role', 'NODE-A');
    const { observed } = await look(at.lab, planned);
    await expect(apply(at.lab, planned, observed)).rejects.toThrow(OperatorError);
    expect(at.lab.laboratory.estate.cluster?.groups['SSIS-MASTER']).toBeUndefined();
  });

  test('is not in place while the Master has no right in SSISDB', async () => {
    delete at.host('NODE-A').instances['MSSQLSERVER']?.logins['lab\\svc-master'];
    const planned = await at.step('create-role', 'NODE-A');
    await apply(at.lab, planned, (await look(at.lab, planned)).observed);
    expect((await look(at.lab, planned)).shortfall).toEqual([
      'The Master has not been heard of in SSISDB of late',
    ]);
  });

  test('is not in place on a node without the certificate, though the cluster calls it online', async () => {
    const planned = await at.step('create-role', 'NODE-A');
    await perform(at.lab, planned);
    at.host('NODE-B').certificates = [];
    await at.lab.portsOn('NODE-A').powershell.run('moveRole', { role: 'SSIS-MASTER', node: 'NODE-B' });
    expect((await look(at.lab, planned)).shortfall).toEqual([
      'Nothing presents a certificate at ssis-master.lab.example:8391',
    ]);
  });

  test('that is offline is brought online and taken offline again by its undo', async () => {
    const planned = await at.step('create-role', 'NODE-A');
    await perform(at.lab, planned);
    await at.lab.portsOn('NODE-A').powershell.run('stopMasterRole', { name: 'SSIS-MASTER' });

    const walked = await perform(at.lab, planned);
    expect(at.host('NODE-A').services[MASTER_SERVICE]?.state).toBe('Running');

    await undo(at.lab, walked);
    expect(at.lab.laboratory.estate.cluster?.groups['SSIS-MASTER']?.state).toBe('Offline');
  });
});

test('the address is not written where SSISDB has no row for it', async () => {
  delete at.catalog().masterProperties['MASTER_ADDRESS'];
  const planned = await at.step('set-master-address', 'NODE-A');
  const { observed } = await look(at.lab, planned);
  await expect(apply(at.lab, planned, observed)).rejects.toMatchObject({
    advice: expect.stringContaining('Enable Scale Out'),
  });
});

test('an address that somebody wrote is changed only after a question and comes back', async () => {
  at.catalog().masterProperties['MASTER_ADDRESS'] = 'https://old.lab.example:8391';
  const planned = await at.step('set-master-address', 'NODE-A');
  expect((await look(at.lab, planned)).gate).toContain('https://old.lab.example:8391');
  await undo(at.lab, await perform(at.lab, planned));
  expect(at.catalog().masterProperties['MASTER_ADDRESS']).toBe('https://old.lab.example:8391');
});
