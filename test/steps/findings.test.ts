import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acceptedOn } from '../../activities/findings/accepted.ts';
import { FINDINGS, type FindingId } from '../../activities/findings/known.ts';
import { siteSchema, type Site } from '../../activities/site.ts';
import { preflight } from '../../activities/steps/0-preflight/index.ts';
import { procedure, stepsOf } from '../../activities/steps/index.ts';
import { Stage } from '../../lab/scenarios/scenario.ts';
import { scenarios } from '../../lab/scenarios/index.ts';
import type { FoundFinding } from '../../workflows/contract.ts';
import { toldBy } from '../../workflows/told-by.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { hostOf } from '../lab/pair-at-work.ts';
import { sampleSite } from '../site-builder.ts';
import { planOf, THIS_RUN } from './walk.ts';

let lab: InProcessLab;
beforeEach(() => {
  lab = openInProcessLab();
});
afterEach(() => lab.close());

const ACCEPTED = { finding: 'restart-pends', reason: 'on Sunday', by: 'LAB\\dba-1', until: '2999-12-31' };
const PENDING = 'WindowsUpdate\\Auto Update\\RebootRequired';

test('every finding that is known breaks a step of the procedure, and says in one sentence what to do', () => {
  const steps = new Set(stepsOf(procedure).map(({ id }) => id));
  for (const [id, { breaks, advice }] of Object.entries(FINDINGS)) {
    expect
      .soft(
        breaks.filter((step) => !steps.has(step)),
        id,
      )
      .toEqual([]);
    expect.soft(advice, id).toMatch(/^[A-Z].*\.$/);
  }
});

test('a healthy estate has no finding', async () => {
  expect(await everyFinding()).toEqual([]);
});

describe('what is amiss at the start', () => {
  const amiss = scenarios.filter(({ on }) => on === 'fresh').map(({ name }) => name);
  test.each(amiss)(
    '%s: each finding names its host, and the step of the plan that it would break',
    async (name) => {
      const { estate } = lab.laboratory;
      scenarios.find((one) => one.name === name)?.spoil(new Stage(estate, lab.site, lab.sealer));
      const steps = await planOf(lab);
      for (const found of await everyFinding()) {
        const [finding] = toldBy({ ...LOOK, findings: [found] }, steps).findings ?? [];
        expect(steps.map(({ key }) => key)).toContain(finding?.breaks);
        expect(Object.keys(estate.hosts)).toContain(finding?.host);
        expect(finding).toMatchObject({ severity: FINDINGS[found.id as FindingId].severity, accepted: null });
      }
    },
  );

  test('a name that is taken breaks the step that would take it', async () => {
    Object.assign(lab.laboratory.estate.directory.computers['ssis-master'] ?? {}, { enabled: true });
    lab.laboratory.estate.strangers = ['10.10.0.21'];
    hostOf(lab, 'NODE-B').pendingRestart = [PENDING];
    const steps = await planOf(lab);
    const { findings = [] } = toldBy({ ...LOOK, findings: await everyFinding() }, steps);
    expect(findings.map(({ id, breaks, sheet }) => [id, breaks, sheet])).toEqual([
      ['restart-pends', 'install-on-secondary@NODE-B', null],
      ['address-answers', 'create-listener@primary', 'N1 of network.md'],
      ['name-in-use', 'create-role@NODE-A', 'D3 of directory.md'],
    ]);
  });
});

describe('a warning', () => {
  test('that nobody accepts is asked about, and stops nothing', async () => {
    hostOf(lab, 'NODE-B').pendingRestart = [PENDING];
    const look = await lookAt('check-restart', 'NODE-B');
    expect(look.shortfall).toEqual([]);
    expect(look.gate).toBe('Go on all the same, for this run only?');
    expect(look.notes).toEqual([expect.stringMatching(/^A restart of NODE-B pends: .*\(restart-pends\)\. /)]);
  });

  test('is not asked about while somebody accepts it', async () => {
    withSite({ accepted: [ACCEPTED] });
    hostOf(lab, 'NODE-B').pendingRestart = [PENDING];
    const look = await lookAt('check-restart', 'NODE-B');
    expect(look.gate).toBeNull();
    expect(look.findings).toMatchObject([
      { accepted: { by: 'LAB\\dba-1', reason: 'on Sunday', until: '2999-12-31' } },
    ]);
  });

  test('counts again once its acceptance is over, and says whose it was', async () => {
    withSite({ accepted: [{ ...ACCEPTED, until: '2020-12-31' }] });
    hostOf(lab, 'NODE-B').pendingRestart = [PENDING];
    const look = await lookAt('check-restart', 'NODE-B');
    expect(look.gate).not.toBeNull();
    expect(look.findings).toMatchObject([
      {
        accepted: null,
        seen: expect.stringMatching(/LAB\\dba-1 accepted it until 2020-12-31, which is over$/) as string,
      },
    ]);
  });

  test('that is accepted on one host counts on every other', async () => {
    withSite({ accepted: [{ ...ACCEPTED, host: 'node-b' }] });
    for (const node of ['NODE-A', 'NODE-B']) hostOf(lab, node).pendingRestart = [PENDING];
    expect((await lookAt('check-restart', 'NODE-A')).gate).not.toBeNull();
    expect((await lookAt('check-restart', 'NODE-B')).gate).toBeNull();
  });

  test.each<[string, Record<string, unknown>, FindingId]>([
    ['a single worker', { workers: [{ name: 'WORKER-1', ip: '10.10.1.11' }] }, 'few-workers'],
    [
      'workers on nodes only',
      {
        workers: [
          { name: 'NODE-A', ip: '10.10.0.11' },
          { name: 'NODE-B', ip: '10.10.0.12' },
        ],
      },
      'workers-on-nodes',
    ],
    ['engines that nobody verifies', { tls: { verify: false } }, 'tls-unverified'],
  ])('is told of %s', async (_what, parts, id) => {
    withSite(parts);
    expect(await everyFinding()).toMatchObject([{ id, severity: 'warning', host: 'NODE-A' }]);
  });

  test('is told of a certificate that ends within 90 days, and of a drive of the logs that is nearly full', async () => {
    const node = hostOf(lab, 'NODE-B');
    for (const certificate of node.certificates)
      certificate.notAfter = new Date(Date.now() + 30.5 * 86_400_000).toISOString();
    node.freeGb['F'] = 12;
    const found = await everyFinding();
    expect(found.map(({ id, host }) => [id, host])).toEqual([
      ['log-drive-small', 'NODE-B'],
      ['certificate-ends-soon', 'NODE-B'],
    ]);
    expect(found.at(-1)?.seen).toMatch(/ends on 20\d\d-\d\d-\d\d, in 30 days$/);
  });
});

test('nodes whose builds of Windows differ are warned of once', async () => {
  hostOf(lab, 'NODE-B').osBuild = '17763.6532';
  expect(await everyFinding()).toMatchObject([
    {
      id: 'windows-builds-differ',
      host: 'NODE-A',
      seen: 'node-b.lab.example has build 17763 of Windows, NODE-A 20348',
    },
  ]);
});

test('an error is not accepted, whatever the site file says', () => {
  const refusals = (finding: string, host?: string) => {
    const parts = { accepted: [{ ...ACCEPTED, finding, ...(host && { host }) }] };
    const judged = siteSchema.safeParse(sampleSite(parts));
    return (judged.error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`);
  };
  expect(refusals('restart-pends', 'worker-2')).toEqual([]);
  expect(refusals('clock-skew')).toEqual([
    'accepted.0.finding is an error, which nobody can accept: mend it',
  ]);
  expect(refusals('few-worker').join()).toMatch(/did you mean few-workers\?/);
  expect(refusals('sunshine').join()).toMatch(/is no warning of preflight; these can be accepted: /);
  expect(refusals('restart-pends', 'NODE-Z').join()).toMatch(/accepted\.0\.host is neither node nor worker/);
});

const LOOK = { observed: {}, shortfall: [], restartPends: false, gate: null, notes: [], advice: null };

function withSite(parts: Record<string, unknown>): void {
  lab.close();
  lab = openInProcessLab(siteSchema.parse(sampleSite(parts)) satisfies Site);
}

async function everyFinding(): Promise<readonly FoundFinding[]> {
  const found: FoundFinding[] = [];
  for (const step of preflight.steps)
    for (const { host } of step.on(lab.site)) found.push(...((await lookAt(step.id, host)).findings ?? []));
  return found;
}

function lookAt(id: string, host: string) {
  const step = preflight.steps.find((candidate) => candidate.id === id);
  if (!step) throw new RangeError(`No check ${id}`);
  const accepted = lab.site.accepted.map(({ host: on = null, source = null, ...one }) => ({
    ...one,
    host: on,
    source,
  }));
  const context = { ...THIS_RUN, accepted: acceptedOn(host, accepted) };
  return step.look(lab.portsOn(host), step.takes(lab.site, host), context);
}
