import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as restart from '../../activities/restart/index.ts';
import { RESTART_SOURCES } from '../../activities/scripts/lines/host.ts';
import { preflight } from '../../activities/steps/0-preflight/index.ts';
import { installClusteringFeature } from '../../activities/steps/1-failover-cluster/install-clustering-feature.ts';
import { installOnPrimary } from '../../activities/steps/2-primary-node/install-on-primary.ts';
import type { Step } from '../../activities/step.ts';
import type { Acceptance } from '../../workflows/contract.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { hostOf } from '../lab/pair-at-work.ts';
import { THIS_RUN } from '../steps/walk.ts';
import { taskOn } from './restart-task.ts';

let lab: InProcessLab;
beforeEach(() => {
  lab = openInProcessLab();
});
afterEach(() => lab.close());

const DRIVER = 'Session Manager\\PendingFileRenameOperations: C:\\Windows\\System32\\drivers\\san.sys';
const OTHER = 'Session Manager\\PendingFileRenameOperations: C:\\Windows\\Temp\\old.dll';
const SAYINGS = [
  'Component Based Servicing\\RebootPending',
  'WindowsUpdate\\Auto Update\\RebootRequired',
  DRIVER,
  'ComputerName: WIN-1 becomes NODE-A',
  'Netlogon\\JoinDomain',
  'CCM_ClientUtilities.DetermineIfRebootPending',
  'setup.exe ended with 3010: C:\\ProgramData\\ssis-ha\\x\\exit',
];
const ACCEPTED: Acceptance = {
  finding: 'restart-pends',
  host: 'NODE-A',
  source: 'san.sys',
  by: 'LAB\\dba-1',
  reason: 'the vendor knows',
  until: '2999-12-31',
};

test('every source is told by its name, with the key, file or setup that says so', async () => {
  hostOf(lab, 'NODE-A').pendingRestart = SAYINGS;
  const { findings } = await look(check('check-restart'));
  expect(findings?.map((finding) => finding.restart)).toEqual(
    RESTART_SOURCES.map((source, at) => ({ source, says: SAYINGS[at] })),
  );
});

describe('a source that somebody accepts', () => {
  test('asks for no restart any more, before a feature or setup is installed', async () => {
    hostOf(lab, 'NODE-A').pendingRestart = [DRIVER];
    for (const step of [installClusteringFeature, installOnPrimary]) {
      expect((await look(step)).restartPends).toBe(true);
      expect((await look(step, [ACCEPTED])).restartPends).toBe(false);
    }
  });

  test('is told before setup, with what that means', async () => {
    hostOf(lab, 'NODE-A').pendingRestart = [DRIVER];
    const { notes } = await look(installOnPrimary, [ACCEPTED]);
    expect(notes.join()).toMatch(
      /san\.sys.*accepted by LAB\\dba-1 until 2999-12-31: the vendor knows\. Setup judges/,
    );
  });

  test.each<[string, Partial<Acceptance>, string]>([
    ['another file', {}, OTHER],
    ['another source', { source: 'servicing' }, DRIVER],
    ['a day that is over', { until: '2020-01-01' }, DRIVER],
  ])('counts not for %s', async (_what, parts, says) => {
    hostOf(lab, 'NODE-A').pendingRestart = [says];
    expect((await look(installClusteringFeature, [{ ...ACCEPTED, ...parts }])).restartPends).toBe(true);
  });

  test('counts as a whole source, or as every one', async () => {
    hostOf(lab, 'NODE-A').pendingRestart = [DRIVER, OTHER];
    for (const source of ['file-renames', null]) {
      const { restartPends } = await look(installClusteringFeature, [{ ...ACCEPTED, source }]);
      expect(restartPends).toBe(false);
    }
  });

  test('is shown as accepted, and stands beside what still wants the restart', async () => {
    hostOf(lab, 'NODE-A').pendingRestart = [DRIVER, OTHER];
    const { findings, notes } = await look(check('check-restart'), [ACCEPTED]);
    expect(findings?.map((finding) => finding.accepted?.by)).toEqual(['LAB\\dba-1', undefined]);
    expect(notes.join()).toContain('old.dll');
    expect(notes.join()).not.toContain('san.sys');
    const task = taskOn(lab, 'NODE-A');
    const access = { ...task.access, accepted: [ACCEPTED] };
    const seen = await restart.look(lab.portsOn('NODE-A'), { ...task, access });
    expect(seen.wanted).toEqual([`${OTHER} (file-renames)`]);
    expect(seen.seen.join('\n')).toMatch(/Wanted by: .*old\.dll.*\nIt would not be for: .*san\.sys/);
  });
});

test('setup that asks for a restart is a source until the host has started anew, and a driver is one for ever', async () => {
  const node = hostOf(lab, 'NODE-A');
  node.pendingRestart = ['setup.exe ended with 3010: C:\\ProgramData\\ssis-ha\\x\\exit', DRIVER];
  node.wantsRestartAtEachStart = [DRIVER];
  node.restartsAt = 0;
  lab.laboratory.tick();
  lab.laboratory.tick();
  const { findings } = await look(check('check-restart'));
  expect(findings?.map((finding) => finding.restart?.source)).toEqual(['file-renames']);
});

function check(id: string): Step {
  const step = preflight.steps.find((candidate) => candidate.id === id);
  if (!step) throw new RangeError(`No check ${id}`);
  return step;
}

function look(step: Step, accepted: readonly Acceptance[] = []) {
  const context = { ...THIS_RUN, accepted };
  return step.look(lab.portsOn('NODE-A'), step.takes(lab.site, 'NODE-A'), context);
}
