import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperatorError, TransientError } from '../../activities/failures.ts';
import * as restart from '../../activities/restart/index.ts';
import type { Catalog } from '../../lab/model/estate/catalog.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { agreedTask, boot, fault, taskOn } from './restart-task.ts';
import { hostOf, present, putPairToWork, runningPackage } from '../lab/pair-at-work.ts';

let lab: InProcessLab;
let catalog: Catalog;
beforeEach(() => {
  lab = openInProcessLab();
  catalog = putPairToWork(lab);
});
afterEach(() => lab.close());

const estate = () => lab.laboratory.estate;
const cluster = () => present(estate().cluster, 'cluster');
const group = () => present(estate().groups['AG_SSISDB'], 'group');
const modes = () => Object.values(group().replicas).map(({ failoverMode }) => failoverMode);
const role = () => cluster().groups['SSIS-MASTER'];

describe('the node that carries everything', () => {
  test('says what it interrupts and who stands in', async () => {
    const { interrupts, seen } = await restart.look(lab.portsOn('NODE-A'), taskOn(lab, 'NODE-A'));
    expect(interrupts).toEqual(['host', 'engine']);
    expect(seen.join('\n')).toContain('AG_SSISDB fails over to NODE-B first');
    expect(seen.join('\n')).toContain('SSIS-MASTER moves to NODE-B');
    expect(seen.join('\n')).toContain('2 of 3 votes');
  });

  test('hands everything over, restarts once and is as it was, with nothing moved back', async () => {
    const task = await agreedTask(lab, 'NODE-A');
    await restart.prepare(lab.portsOn('NODE-A'), task);
    expect(group().primary).toBe('NODE-B');
    expect(modes()).toEqual(['MANUAL', 'MANUAL']);
    expect(role()).toMatchObject({ owner: 'NODE-B', state: 'Online' });
    expect(hostOf(lab, 'NODE-B').services['SSISScaleOutMaster160']?.state).toBe('Running');
    expect(hostOf(lab, 'NODE-A').services['SSISScaleOutMaster160']?.state).toBe('Stopped');
    expect(cluster().nodes[0]).toMatchObject({ name: 'NODE-A', state: 'Paused' });

    await restart.begin(lab.portsOn('NODE-A'), task);
    boot(lab, 'NODE-A');
    await restart.awaitBoot(lab.portsOn('NODE-A'), task);
    await restart.finish(lab.portsOn('NODE-A'), task);
    expect(modes()).toEqual(['AUTOMATIC', 'AUTOMATIC']);
    expect(cluster().nodes.map(({ state }) => state)).toEqual(['Up', 'Up']);
    expect(group().primary).toBe('NODE-B');
    expect(notesOn('NODE-A')).toEqual([]);
  });

  test.each(['failOverGroup', 'setFailoverMode', 'moveRole', 'suspendNode'])(
    'is prepared by trying again when the answer of %s was lost',
    async (script) => {
      const task = await agreedTask(lab, 'NODE-A');
      lab.laboratory.store.state.faults.push(fault(script, 'lose-answer'));
      await expect(restart.prepare(lab.portsOn('NODE-A'), task)).rejects.toThrow(TransientError);
      await restart.prepare(lab.portsOn('NODE-A'), task);
      expect(cluster().nodes[0]?.state).toBe('Paused');
      expect(group().primary).toBe('NODE-B');
      boot(lab, 'NODE-A');
      await restart.finish(lab.portsOn('NODE-A'), task);
      expect(modes()).toEqual(['AUTOMATIC', 'AUTOMATIC']);
    },
  );

  test('is taken back into service when a person must decide', async () => {
    const task = await agreedTask(lab, 'NODE-A');
    present(role()?.resources['master'], 'resource').possibleOwners = ['NODE-A'];
    await expect(restart.prepare(lab.portsOn('NODE-A'), task)).rejects.toThrow(OperatorError);
    expect(modes()).toEqual(['AUTOMATIC', 'AUTOMATIC']);
    expect(cluster().nodes[0]?.state).toBe('Up');
    expect(notesOn('NODE-A')).toEqual([]);
  });

  test('keeps its failover modes in mind when it is agreed to anew half way', async () => {
    const task = await agreedTask(lab, 'NODE-A');
    lab.laboratory.store.state.faults.push(fault('suspendNode', 'drop'));
    await expect(restart.prepare(lab.portsOn('NODE-A'), task)).rejects.toThrow(/suspendNode/);
    expect(modes()).toEqual(['MANUAL', 'MANUAL']);
    const again = await agreedTask(lab, 'NODE-A');
    await restart.prepare(lab.portsOn('NODE-A'), again);
    boot(lab, 'NODE-A');
    await restart.finish(lab.portsOn('NODE-A'), again);
    expect(modes()).toEqual(['AUTOMATIC', 'AUTOMATIC']);
  });

  test('gives nothing away while no other node is up to take the role', async () => {
    const task = await agreedTask(lab, 'NODE-A');
    Object.assign(cluster().nodes[1] ?? {}, { state: 'Paused', paused: true });
    await expect(restart.prepare(lab.portsOn('NODE-A'), task)).rejects.toThrow(/No other node is up/);
    expect(group().primary).toBe('NODE-A');
  });

  test('waits for its replica to be synchronized before the modes go back', async () => {
    const task = await agreedTask(lab, 'NODE-A');
    await restart.prepare(lab.portsOn('NODE-A'), task);
    boot(lab, 'NODE-A');
    const own = present(group().replicas['NODE-A'], 'replica');
    own.suspended = true;
    await expect(restart.finish(lab.portsOn('NODE-A'), task)).rejects.toThrow(/not synchronized/);
    expect(modes()).toEqual(['MANUAL', 'MANUAL']);
    own.suspended = false;
    await restart.finish(lab.portsOn('NODE-A'), task);
    expect(modes()).toEqual(['AUTOMATIC', 'AUTOMATIC']);
  });

  test('stays paused where somebody had paused it before', async () => {
    Object.assign(cluster().nodes[1] ?? {}, { state: 'Paused', paused: true });
    const task = await agreedTask(lab, 'NODE-B');
    await restart.prepare(lab.portsOn('NODE-B'), task);
    boot(lab, 'NODE-B');
    await restart.finish(lab.portsOn('NODE-B'), task);
    expect(cluster().nodes[1]?.state).toBe('Paused');
  });

  test('is not prepared again for a boot that is over', async () => {
    const task = await agreedTask(lab, 'NODE-A');
    boot(lab, 'NODE-A');
    const before = lab.picture();
    await restart.prepare(lab.portsOn('NODE-A'), task);
    expect(lab.picture()).toBe(before);
  });
});

describe('a restart is refused', () => {
  test('where the quorum would be lost', async () => {
    estate().shares['\\\\fs1.lab.example\\witness$'] = { fullControl: [], files: {} };
    await expect(restart.look(lab.portsOn('NODE-B'), taskOn(lab, 'NODE-B'))).rejects.toThrow(
      /quorum: 1 of 3 votes/,
    );
  });

  test('where no synchronized replica would be left', async () => {
    const other = present(group().replicas['NODE-B'], 'replica');
    other.suspended = true;
    await expect(restart.look(lab.portsOn('NODE-A'), taskOn(lab, 'NODE-A'))).rejects.toThrow(
      /no replica of AG_SSISDB/,
    );
  });

  test('of the last worker that is online', async () => {
    present(hostOf(lab, 'WORKER-2').services['SSISScaleOutWorker160'], 'service').state = 'Stopped';
    await expect(restart.look(lab.portsOn('WORKER-1'), taskOn(lab, 'WORKER-1'))).rejects.toThrow(
      /last worker/,
    );
  });
});

describe('a worker', () => {
  test('is not disabled while it holds a task, and is enabled again after its restart', async () => {
    const task = await agreedTask(lab, 'WORKER-1');
    catalog.executions['1'] = runningPackage(1, 'WORKER-1');
    await expect(restart.prepare(lab.portsOn('WORKER-1'), task)).rejects.toThrow(/holds 1 tasks/);
    expect(catalog.workers['WORKER-1']?.enabled).toBe(true);
    catalog.executions['1'].status = 7;
    await restart.prepare(lab.portsOn('WORKER-1'), task);
    expect(catalogNow().workers['WORKER-1']?.enabled).toBe(false);
    boot(lab, 'WORKER-1');
    await restart.finish(lab.portsOn('WORKER-1'), task);
    expect(catalogNow().workers['WORKER-1']?.enabled).toBe(true);
  });

  test('that nobody had enabled stays disabled', async () => {
    present(catalog.workers['WORKER-1'], 'worker').enabled = false;
    const task = await agreedTask(lab, 'WORKER-1');
    await restart.prepare(lab.portsOn('WORKER-1'), task);
    boot(lab, 'WORKER-1');
    await restart.finish(lab.portsOn('WORKER-1'), task);
    expect(catalogNow().workers['WORKER-1']?.enabled).toBe(false);
  });
});

describe('packages that run', () => {
  test('are waited for and named', async () => {
    const task = await agreedTask(lab, 'NODE-B');
    catalog.executions['1'] = runningPackage(1, 'WORKER-1');
    const failure = restart.prepare(lab.portsOn('NODE-B'), task);
    await expect(failure).rejects.toThrow(TransientError);
    await expect(failure).rejects.toThrow(/1 Sales\/Load\/Nightly\.dtsx/);
    expect(group().primary).toBe('NODE-A');
    expect(modes()).toEqual(['AUTOMATIC', 'AUTOMATIC']);
  });

  test('are interrupted only once a person has been shown these very ones and has retried', async () => {
    const task = await agreedTask(lab, 'NODE-A', { drainPackagesMinutes: 0 });
    catalog.executions['1'] = runningPackage(1, null);
    await expect(restart.prepare(lab.portsOn('NODE-A'), task)).rejects.toThrow(OperatorError);
    await expect(restart.prepare(lab.portsOn('NODE-A'), task)).rejects.toThrow(OperatorError);
    catalogNow().executions['2'] = runningPackage(2, null);
    await expect(restart.prepare(lab.portsOn('NODE-A'), { ...task, tries: 2 })).rejects.toThrow(
      /1 packages are running: 2 /,
    );
    await restart.prepare(lab.portsOn('NODE-A'), { ...task, tries: 3 });
    expect(group().primary).toBe('NODE-B');
  });
});

test('a host without cluster, engine and worker is restarted as it is', async () => {
  lab.close();
  lab = openInProcessLab();
  const task = await agreedTask(lab, 'NODE-A');
  const { seen } = await restart.look(lab.portsOn('NODE-A'), taskOn(lab, 'NODE-A'));
  expect(seen).toContain('NODE-A is in no cluster yet: nobody depends on it.');
  await restart.prepare(lab.portsOn('NODE-A'), task);
  await restart.begin(lab.portsOn('NODE-A'), task);
  await expect(restart.awaitBoot(lab.portsOn('NODE-A'), task)).rejects.toThrow(/has not restarted/);
  boot(lab, 'NODE-A');
  await restart.awaitBoot(lab.portsOn('NODE-A'), task);
  await restart.finish(lab.portsOn('NODE-A'), task);
  expect(notesOn('NODE-A')).toEqual([]);
});

test('a node that is lost without warning fails over by itself, where both replicas may', () => {
  boot(lab, 'NODE-A');
  expect(group().primary).toBe('NODE-B');
  expect(role()).toMatchObject({ owner: 'NODE-B', state: 'Online' });
});

/** A change refused is rolled back into a fresh copy of the estate, so it is asked for anew. */
function catalogNow(): Catalog {
  return present(estate().catalogs[catalog.id], 'catalog');
}

function notesOn(host: string): string[] {
  return Object.keys(hostOf(lab, host).files).filter((path) => path.includes('\\notes\\'));
}
