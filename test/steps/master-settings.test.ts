import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperatorError } from '../../activities/failures.ts';
import { atChapterFive, MASTER_SERVICE, type AtChapterFive } from './at-chapter-five.ts';
import { apply, look, perform, undo } from './walk.ts';

let at: AtChapterFive;
beforeEach(async () => {
  at = await atChapterFive();
});
afterEach(() => at.lab.close());

describe('the settings of the Master', () => {
  test('keep every byte but the one value', async () => {
    const file = at.settings('NODE-A');
    file.content =
      '\uFEFF{\r\n\t"Later" : [1, {"SqlServer":"x"}],\r\n\t"SqlServerName":"NODE-A" , "z":"\\"SqlServerName\\""}\r\n';
    const before = file.content;

    const walked = await perform(at.lab, await at.step('point-master-at-listener', 'NODE-A'));
    expect(file.content).toBe(before.replace('"NODE-A"', '"ssisdb-ag.lab.example,1433"'));

    await undo(at.lab, walked);
    expect(file.content).toBe(before);
  });

  test('that somebody changed meanwhile lose only the one value again', async () => {
    const file = at.settings('NODE-A');
    const walked = await perform(at.lab, await at.step('point-master-at-listener', 'NODE-A'));
    file.content = file.content.replace(': 30000,', ': 60000,');

    await undo(at.lab, walked);

    expect(JSON.parse(file.content)).toMatchObject({
      SqlServerName: 'NODE-A',
      MasterHeartbeatIntervalInMs: 60_000,
    });
  });

  test('are not guessed at where they are no JSON', async () => {
    at.settings('NODE-A').content = '<configuration/>';
    const planned = await at.step('point-master-at-listener', 'NODE-A');
    const { observed } = await look(at.lab, planned);
    await expect(apply(at.lab, planned, observed)).rejects.toThrow(OperatorError);
  });

  test('under the short name of the listener are in place', async () => {
    at.settings('NODE-A').content = at.settings('NODE-A').content.replace('"NODE-A"', '"SSISDB-AG,1433"');
    const { shortfall } = await look(at.lab, await at.step('point-master-at-listener', 'NODE-A'));
    expect(shortfall).toEqual([]);
  });

  test('that somebody chose are changed only after a question that names both', async () => {
    at.settings('NODE-A').content = at.settings('NODE-A').content.replace('"NODE-A"', '"OLD-AG,1444"');
    const { gate } = await look(at.lab, await at.step('point-master-at-listener', 'NODE-A'));
    expect(gate).toContain('OLD-AG,1444');
    expect(gate).toContain('ssisdb-ag.lab.example,1433');
  });

  test('reach a Master that runs only through the cluster, after a question', async () => {
    await at.performUntil(({ id }) => id === 'tune-role');
    const file = at.settings('NODE-A');
    file.content = file.content.replace('ssisdb-ag.lab.example,1433', 'NODE-A');
    const planned = await at.step('point-master-at-listener', 'NODE-A');
    const seen = await look(at.lab, planned);
    expect(seen.gate).toContain('Stop the Master that runs on NODE-A');

    await apply(at.lab, planned, seen.observed);

    expect((await look(at.lab, planned)).shortfall).toEqual([]);
    expect(at.host('NODE-A').services[MASTER_SERVICE]?.state).toBe('Running');
    expect((await look(at.lab, await at.step('create-role', 'NODE-A'))).shortfall).toEqual([]);
  });

  test('that differ between the nodes stop the run', async () => {
    at.settings('NODE-B').content = at.settings('NODE-B').content.replace('8391', '8392');
    const { shortfall } = await look(at.lab, await at.step('check-master-settings-agree', 'NODE-B'));
    expect(shortfall).toEqual(['The Master on NODE-B is set to port 8392, not 8391']);
  });
});
