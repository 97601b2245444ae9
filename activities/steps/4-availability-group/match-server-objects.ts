import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import type { Ports } from '../../ports.ts';
import { primaryTarget, replicasOf } from '../../primary.ts';
import { defineChange } from '../../step.ts';
import { everyOtherNode } from '../hosts.ts';
import { forgetReplaced, keepReplaced, recallReplaced, replacedJob } from './replaced.ts';
import {
  compareObjects,
  MAINTENANCE_JOB,
  objectsObserved,
  objectsOn,
  type ObjectsObserved,
  type ObjectsOfPrimary,
} from './server-objects.ts';

/**
 * What SSISDB needs outside itself does not travel with a group: it is read from whoever is primary and made
 * here alike. The clean-up login gets the identifier that the primary's has, since the user in SSISDB belongs
 * to it by that; whether the dialog of Management Studio does so is not written anywhere.
 *
 * Source: *Catalog*, Always On for SSISDB; *sp_add_trusted_assembly*; *sp_procoption*; domain facts, 4.7 (SID
 * detail) and 4.8.
 */
export const matchServerObjects = defineChange({
  id: 'match-server-objects',
  title: 'Match the server objects of SSISDB with the primary',
  why: 'A replica that lacks one of them fails only after a failover.',
  on: everyOtherNode,
  after: ['create-listener'],
  patience: { applyMinutes: 10, settleMinutes: 3 },
  takes: (site, host) => ({ host, replicas: { ...replicasOf(site) } }),

  observed: objectsObserved,
  async probe(ports, { replicas }) {
    const primary = await objectsOn(ports, await primaryTarget(ports, replicas));
    const { otherDatabases } = await ports.sql.run('getAlwaysOn', {});
    return compareObjects(await objectsOn(ports), primary, otherDatabases);
  },
  shortfall: (seen, { host }) => [
    ...seen.missingOnPrimary.map((what) => `The primary lacks ${what}`),
    ...(seen.clrEnabled ? [] : [`clr enabled is 0 on ${host}`]),
    ...seen.missingAssemblies.map(({ description }) => `${host} does not trust the assembly ${description}`),
    ...unlike(seen.cleanupLogin, 'The login ##MS_SSISServerCleanupJobLogin##', host),
    ...unlike(seen.startup, 'The procedure sp_ssis_startup', host),
    ...(seen.startup === 'missing' || seen.startupAtStart
      ? []
      : [`The engine of ${host} does not run sp_ssis_startup at its start`]),
    ...unlike(seen.maintenanceJob, `The job "${MAINTENANCE_JOB}"`, host),
  ],
  changesExisting: ({ cleanupLogin, startup, maintenanceJob, otherDatabases }) =>
    [cleanupLogin, startup, maintenanceJob].includes('other') || otherDatabases.length > 0,
  gate(seen, { host }) {
    const found = [
      ...(seen.clrEnabled ? [] : [`clr enabled from 0 to 1${alsoThere(seen)}`]),
      ...(seen.cleanupLogin === 'other'
        ? [`the login ##MS_SSISServerCleanupJobLogin## (now ${seen.ownLogin?.sid})`]
        : []),
      ...(seen.startup === 'other' ? ['the text of sp_ssis_startup'] : []),
      ...(seen.maintenanceJob === 'other' ? [`the job "${MAINTENANCE_JOB}"`] : []),
    ];
    return found.length === 0 ? null : `Change on ${host} what this run has not made: ${found.join('; ')}?`;
  },

  async apply(ports, { replicas }, { before, runId }) {
    refuseIncomplete(before);
    const primary = await objectsOn(ports, await primaryTarget(ports, replicas));
    const { sql } = ports;
    await rememberOwn(ports, before, runId);
    if (!before.clrEnabled) await sql.run('setClr', { enabled: true });
    for (const assembly of before.missingAssemblies) await sql.run('addTrustedAssembly', assembly);
    await matchLogin(ports, before, primary);
    await matchStartup(ports, before, primary);
    if (before.maintenanceJob !== 'same' && primary.job) {
      await sql.run('putJob', { name: MAINTENANCE_JOB, ...primary.job });
    }
  },
  undo: {
    async auto(ports, _input, { before, runId }) {
      await giveBackTexts(ports, before, runId);
      if (before.ownLogin) {
        const { sid, mayViewState } = before.ownLogin;
        await ports.sql.run('putCleanupLogin', { sid, mayViewState });
      }
      if (before.cleanupLogin === 'missing') await ports.sql.run('dropCleanupLogin', {});
      for (const { hash } of before.missingAssemblies) await ports.sql.run('dropTrustedAssembly', { hash });
      if (!before.clrEnabled) await ports.sql.run('setClr', { enabled: false });
      await forgetReplaced(ports, NOTE);
    },
  },
});

async function matchLogin(
  { sql }: Ports,
  before: ObjectsObserved,
  { objects }: ObjectsOfPrimary,
): Promise<void> {
  if (before.cleanupLogin === 'same' || !objects.cleanupLogin) return;
  const { sid, mayViewState } = objects.cleanupLogin;
  await sql.run('putCleanupLogin', { sid, mayViewState });
}

async function matchStartup(
  { sql }: Ports,
  before: ObjectsObserved,
  { objects }: ObjectsOfPrimary,
): Promise<void> {
  if ((before.startup === 'same' && before.startupAtStart) || !objects.startup) return;
  await sql.run('putStartupProcedure', { definition: objects.startup.definition, isStartup: true });
}

const NOTE = 'replaced-server-objects';
const own = z.strictObject({
  startup: z.strictObject({ definition: z.string(), isStartup: z.boolean() }).nullable(),
  job: replacedJob.nullable(),
});

async function rememberOwn(ports: Ports, before: ObjectsObserved, runId: string): Promise<void> {
  if (before.startup !== 'other' && before.maintenanceJob !== 'other') return;
  const { objects, job } = await objectsOn(ports);
  await keepReplaced(ports, NOTE, runId, { startup: objects.startup, job });
}

async function giveBackTexts(ports: Ports, before: ObjectsObserved, runId: string): Promise<void> {
  const { sql } = ports;
  const replaced = await recallReplaced(ports, NOTE, runId, own);
  if (before.maintenanceJob === 'missing') await sql.run('dropJob', { name: MAINTENANCE_JOB });
  if (before.maintenanceJob === 'other' && replaced?.job)
    await sql.run('putJob', { name: MAINTENANCE_JOB, ...replaced.job });
  if (before.startup === 'missing') await sql.run('dropStartupProcedure', {});
  if (before.startup === 'other' && replaced?.startup) await sql.run('putStartupProcedure', replaced.startup);
  if (before.startup === 'same' && !before.startupAtStart) await stopRunningAtStart(ports);
}

async function stopRunningAtStart({ sql }: Ports): Promise<void> {
  const { startup } = await sql.run('getServerObjects', {});
  if (startup) await sql.run('putStartupProcedure', { ...startup, isStartup: false });
}

function unlike(likeness: ObjectsObserved['startup'], what: string, host: string): string[] {
  if (likeness === 'same') return [];
  return [
    likeness === 'missing'
      ? `${what} is missing on ${host}`
      : `${what} on ${host} differs from the primary's`,
  ];
}

function alsoThere({ otherDatabases }: ObjectsObserved): string {
  return otherDatabases.length === 0 ? '' : ` (other databases there: ${otherDatabases.join(', ')})`;
}

function refuseIncomplete({ missingOnPrimary }: ObjectsObserved): void {
  if (missingOnPrimary.length === 0) return;
  throw new OperatorError(
    `The primary lacks ${missingOnPrimary.join(', ')}, so there is nothing to match`,
    'Repair the catalog there with ISDBUpgradeWizard or by creating it anew, then retry.',
  );
}
