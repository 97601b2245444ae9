import { afterEach, describe, expect, test } from 'vitest';
import { nextMove } from '../../activities/drill/next-move.ts';
import { stationsOf } from '../../activities/drill/stations.ts';
import { siteSchema } from '../../activities/site.ts';
import { sampleSite } from '../site-builder.ts';
import { found } from './at-chapter-five.ts';
import { applied, closeLab, labUpTo, open, planned } from './estate-at.ts';
import { look, perform, stepOf, undo } from './walk.ts';

afterEach(closeLab);

const DRILLS = { roleMove: true, groupFailover: true, crossed: true, serviceKill: false, nodeLoss: false };

const catalogIn = () => found(Object.values(open().laboratory.estate.catalogs)[0]);
const ownerOf = () => found(open().laboratory.estate.cluster?.groups['SSIS-MASTER']).owner;
const primary = () => found(open().laboratory.estate.groups['AG_SSISDB']).primary;

describe('a drill', () => {
  test('finds the node that does not trust a worker, and the undo brings the role back', async () => {
    const at = await labUpTo('drill-role-move');
    const node = at.at('NODE-B');
    node.certificates = node.certificates.filter(({ subject }) => !subject.includes('WORKER-2'));
    const [step] = await planned('drill-role-move');
    const { observed } = await look(open(), step);
    await expect(applied(step)).rejects.toThrow('Workers that have not reported since: WORKER-2');
    expect(ownerOf()).toBe('NODE-B');
    const context = { before: observed, runId: 'this run', tries: 1, journal: 'j' };
    await stepOf(step).undo?.(open().portsOn(step.host), step.input, context);
    expect(ownerOf()).toBe('NODE-A');
  });

  test('finds the replica that cannot open the master key', async () => {
    const at = await labUpTo('drill-group-failover');
    found(at.at('NODE-B').instances['MSSQLSERVER']).masterKeyPasswords = [];
    const [step] = await planned('drill-group-failover');
    const { observed } = await look(open(), step);
    await expect(applied(step)).rejects.toMatchObject({ message: expect.stringContaining('15581') });
    expect(primary()).toBe('NODE-B');
    await undo(open(), {
      planned: step,
      step: stepOf(step),
      before: { ...(await look(open(), step)), observed },
    });
    expect(primary()).toBe('NODE-A');
  });

  test('waits for packages before it fails over', async () => {
    await labUpTo('drill-group-failover');
    const execution = {
      folder: 'Sales',
      project: 'Load',
      package: 'Load.dtsx',
      machine: 'NODE-A',
      worker: null,
    };
    const under = { id: 900, status: 2, anyWorker: true, startedAt: 0, endsAt: null, messages: 0 };
    catalogIn().executions[900] = { ...execution, ...under };
    const [step] = await planned('drill-group-failover');
    await expect(applied(step)).rejects.toThrow('Sales/Load/Load.dtsx');
    expect(primary()).toBe('NODE-A');
    found(catalogIn().executions[900]).status = 7;
    await applied(step);
    expect(primary()).toBe('NODE-A');
  });

  test.each(['moveRole', 'startProof'])(
    'goes on where it was when the answer of %s is lost',
    async (script) => {
      await labUpTo('drill-role-move');
      const { state } = open().laboratory.store;
      state.faults.push({
        id: 1,
        host: 'NODE-A',
        script,
        kind: 'lose-answer',
        occurrence: 2,
        times: 1,
        seen: 0,
      });
      const [step] = await planned('drill-role-move');
      await perform(open(), step);
      const proofs = Object.values(catalogIn().executions).filter(({ parameters }) =>
        parameters?.['Evidence']?.includes('drill-role-move'),
      );
      expect(proofs).toHaveLength(3);
      expect(ownerOf()).toBe('NODE-A');
    },
  );

  test('on request ends the process of the Master, and loses a node', async () => {
    const drill = { ...DRILLS, serviceKill: true, nodeLoss: true };
    const at = await labUpTo('drill-service-kill', siteSchema.parse(sampleSite({ drill })));
    for (const id of ['drill-service-kill', 'drill-node-loss']) {
      const boots = at.at('NODE-B').bootId;
      const [step] = await planned(id);
      await perform(open(), step);
      expect([ownerOf(), primary()]).toEqual(['NODE-A', 'NODE-A']);
      expect(at.at('NODE-B').bootId === boots).toBe(id === 'drill-service-kill');
    }
    expect(Object.keys(at.at('NODE-A').files).filter((name) => name.includes('drill'))).toEqual([]);
  });
});

describe('the places of a drill', () => {
  const home = { role: 'A', primary: 'A' };
  const grounds = { owners: ['A', 'B', 'C'], replicas: ['A', 'B'] };

  test('are every other owner for the role, every other synchronous replica for SSISDB, and back', () => {
    expect(stationsOf('role', home, grounds).map(({ role }) => role)).toEqual(['A', 'B', 'C', 'A']);
    expect(stationsOf('group', home, grounds).map((place) => place.primary)).toEqual(['A', 'B', 'A']);
  });

  test('are crossed both ways', () => {
    expect(stationsOf('crossed', home, grounds)).toEqual([
      home,
      { role: 'A', primary: 'B' },
      { role: 'B', primary: 'A' },
      home,
    ]);
  });

  test('are left only when nothing is wrong there', () => {
    const stations = [
      { ...home, standing: 'good' as const },
      { role: 'B', primary: 'A', standing: 'missing' as const },
      { ...home, standing: 'missing' as const },
    ];
    const seen = { place: home, home, stations, troubles: [], silent: [] };
    expect(nextMove(seen)).toEqual({ kind: 'move-role', to: 'B' });
    expect(nextMove({ ...seen, silent: ['W'] })).toMatchObject({ kind: 'wait' });
    const away = { role: 'B', primary: 'A' };
    expect(nextMove({ ...seen, place: away, silent: ['W'] })).toMatchObject({ kind: 'prove', at: 1 });
    expect(nextMove({ ...seen, place: away, troubles: ['offline'] })).toEqual({
      kind: 'wait',
      reason: 'offline',
    });
  });
});
