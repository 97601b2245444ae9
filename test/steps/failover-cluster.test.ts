import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperatorError } from '../../activities/failures.ts';
import { siteSchema } from '../../activities/site.ts';
import type { Step } from '../../activities/step.ts';
import { failoverCluster } from '../../activities/steps/1-failover-cluster/index.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { hostOf, present } from '../lab/pair-at-work.ts';
import { sampleSite } from '../site-builder.ts';
import { restart, THIS_RUN } from './walk.ts';

let lab: InProcessLab;
beforeEach(() => {
  lab = openInProcessLab();
});
afterEach(() => lab.close());

const SHARE = '\\\\fs1.lab.example\\witness$';
const estate = () => lab.laboratory.estate;
const cluster = () => present(estate().cluster, 'cluster');

describe('the validation', () => {
  test('puts what it warns of to a person before the cluster is made', async () => {
    await performUpTo('install-clustering-feature');
    hostOf(lab, 'NODE-B').osBuild = '17763.1';
    await perform('validate-nodes');
    const { gate, notes } = await look('create-cluster');
    expect(gate).toMatch(/although the validation warns\? Read C:\\.+NODE-A\+NODE-B\.htm/);
    expect(notes.join()).toContain('17763.1');
  });

  test('asks nobody when it has nothing to warn of', async () => {
    await performUpTo('validate-nodes');
    expect((await look('create-cluster')).gate).toBeNull();
  });

  test('leaves the storage of a cluster that is there alone', async () => {
    await performUpTo('set-witness');
    hostOf(lab, 'NODE-A').files = {};
    await perform('validate-nodes');
    expect(
      lab.laboratory.store.ledger.findLast(({ script }) => script === 'validateNodes')?.target,
    ).toContain('without Storage');
  });
});

describe('the witness', () => {
  test('is refused where the cluster has no full control of its share', async () => {
    await performUpTo('create-cluster');
    estate().shares[SHARE] = { fullControl: [], files: {} };
    await expect(perform('set-witness')).rejects.toThrow(OperatorError);
  });

  test('that is there and healthy stays, of whatever kind', async () => {
    await performUpTo('create-cluster');
    cluster().witness = { kind: 'cloud', at: 'somebodys' };
    const { shortfall, notes } = await look('set-witness');
    expect(shortfall).toEqual([]);
    expect(notes.join()).toContain('healthy witness');
  });

  test('that lies elsewhere is changed only after a question, and put back when undone', async () => {
    await performUpTo('create-cluster');
    estate().shares['\\\\old\\witness'] = { fullControl: ['LAB\\SSIS-CLUSTER$'], files: {} };
    cluster().witness = { kind: 'fileShare', at: '\\\\old\\witness' };
    const before = await look('set-witness');
    expect(before.gate).toContain('\\\\old\\witness');
    expect(before.gate).toContain(SHARE);
    await perform('set-witness');
    expect(cluster().witness.at).toBe(SHARE);
    await undo('set-witness', before.observed);
    expect(cluster().witness.at).toBe('\\\\old\\witness');
  });

  test('that was a storage account cannot be put back, and says so', async () => {
    await performUpTo('set-witness');
    const before = { witness: { kind: 'cloud', at: 'somebodys', isOnline: false }, nodes: [] };
    await expect(undo('set-witness', before)).rejects.toThrow(/cannot be read back/);
  });

  test('in a storage account is given its key by reference only', async () => {
    const { cluster: parts } = sampleSite() as { cluster: Record<string, unknown> };
    const witness = { kind: 'cloud', account: 'labwitness', key: 'env:WITNESS_KEY' };
    reopen({ cluster: { ...parts, witness } });
    await performUpTo('set-witness');
    expect(cluster().witness).toEqual({ kind: 'cloud', at: 'labwitness' });
    const { takes } = stepOf('set-witness');
    expect(JSON.stringify(takes(lab.site, 'NODE-A'))).toContain('env:WITNESS_KEY');
  });
});

describe('the computer objects', () => {
  const computers = () => estate().directory.computers;
  const create = { ...(sampleSite()['directory'] as object), computerObjects: 'create' };

  test('are made disabled, each open to who will take it, and removed again', async () => {
    reopen({ directory: create });
    await performUpTo('validate-nodes');
    const before = lab.picture();
    const { observed } = await look('prepare-computer-objects');
    await perform('prepare-computer-objects');
    expect(computers()['ssis-cluster']).toMatchObject({ enabled: false, fullControl: ['LAB\\svc-runbook'] });
    expect(computers()['ssisdb-ag']).toMatchObject({ enabled: false, fullControl: ['LAB\\SSIS-CLUSTER$'] });
    await undo('prepare-computer-objects', observed);
    expect(lab.picture()).toBe(before);
  });

  test('let the cluster come online', async () => {
    reopen({ directory: create });
    await performUpTo('set-witness');
    expect(computers()['ssis-cluster']?.enabled).toBe(true);
    expect((await look('prepare-computer-objects')).shortfall).toEqual([]);
  });

  test('of others are opened only after a question, and never taken while enabled', async () => {
    reopen({ directory: create });
    await performUpTo('validate-nodes');
    computers()['ssis-master'] = { name: 'SSIS-MASTER', enabled: false, fullControl: [] };
    expect((await look('prepare-computer-objects')).gate).toContain('SSIS-MASTER');
    computers()['ssis-master'] = { name: 'SSIS-MASTER', enabled: true, fullControl: [] };
    await expect(perform('prepare-computer-objects')).rejects.toThrow(/enabled/);
  });

  test('that are prestaged need no step', () => {
    expect(stepOf('prepare-computer-objects').on(lab.site)).toEqual([]);
  });
});

function reopen(parts: Record<string, unknown>): void {
  lab.close();
  lab = openInProcessLab(siteSchema.parse(sampleSite(parts)));
}

async function performUpTo(id: string): Promise<void> {
  for (const step of failoverCluster.steps) {
    for (const { host } of step.on(lab.site)) await perform(step.id, host);
    if (step.id === id) return;
  }
}

async function perform(id: string, host = 'NODE-A'): Promise<void> {
  const step = stepOf(id);
  const { observed, shortfall } = await look(id, host);
  if (shortfall.length > 0)
    await step.apply(lab.portsOn(host), step.takes(lab.site, host), contextOf(observed));
  if ((await look(id, host)).restartPends) restart(lab, host);
  expect((await look(id, host)).shortfall).toEqual([]);
}

function look(id: string, host = 'NODE-A') {
  return stepOf(id).look(lab.portsOn(host), stepOf(id).takes(lab.site, host), THIS_RUN);
}

async function undo(id: string, before: Awaited<ReturnType<typeof look>>['observed']): Promise<void> {
  const step = stepOf(id);
  await step.undo?.(lab.portsOn('NODE-A'), step.takes(lab.site, 'NODE-A'), contextOf(before));
}

function contextOf(before: Awaited<ReturnType<typeof look>>['observed']) {
  return { ...THIS_RUN, before, journal: 'ssis-ha\\sample\\step\\1' };
}

function stepOf(id: string): Step {
  return present(
    failoverCluster.steps.find((step) => step.id === id),
    `step ${id}`,
  );
}
