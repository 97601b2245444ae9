import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import type { Ports } from '../../ports.ts';
import { homeTarget, primaryTarget, replicasOf } from '../../primary.ts';
import { copySeen, replicaHealth } from '../../scripts/lines/copies.ts';
import type { ApplyContext } from '../../step-spec.ts';
import { defineChange } from '../../step.ts';
import { everyOtherNode } from '../hosts.ts';
import { joinOrSeed, removeSeedingFiles, seedingName, seedingPrefix } from './seeding.ts';

const observed = z.strictObject({
  server: z.string(),
  isPrimary: z.boolean(),
  copy: copySeen.nullable(),
  /** As the primary sees this replica; null where it is none. */
  health: replicaHealth.nullable(),
  /** Backups of this run for this node. */
  files: z.array(z.string()),
});

type Observed = z.output<typeof observed>;
type Health = z.output<typeof replicaHealth>;

/**
 * A copy of SSISDB from a backup and the log since, joined to the group, and followed until it could take
 * over. A copy that somebody else has left here is never dropped.
 *
 * Source: *Prepare a secondary database for an availability group*; *Join a secondary database*;
 * *sys.dm_hadr_database_replica_states*; domain facts, 4.4, C8 and C10.
 */
export const seedSecondary = defineChange({
  id: 'seed-secondary',
  title: 'Seed the copy of SSISDB and join it to the group',
  why: 'A node can take over only what it holds itself, up to the last transaction.',
  on: everyOtherNode,
  after: ['create-group'],
  patience: { applyMinutes: 240, settleMinutes: 60 },
  takes: (site, host) => ({
    host,
    group: site.availabilityGroup.name,
    share: site.availabilityGroup.seeding.share,
    replicas: { ...replicasOf(site) },
  }),

  observed,
  async probe(ports, { host, group, share, replicas }, { runId }) {
    const { serverName: server } = await ports.sql.run('getAlwaysOn', {});
    const { isPrimary } = await ports.sql.run('getPrimaryState', {});
    const { copy } = await ports.sql.run('getCopy', {});
    const home = await homeTarget(ports, replicas);
    const { replica: health } = await ports.sql.run('getReplicaHealth', { group, server }, home);
    const prefix = seedingPrefix(host, runId);
    const { files } = await ports.powershell.run('getSeedingFiles', { folder: share, prefix });
    return { server, isPrimary: isPrimary ?? false, copy, health, files };
  },
  shortfall(seen, { host, group }) {
    const left = seen.files.map((file) => `A backup for the seeding is left: ${file}`);
    if (seen.isPrimary) return left;
    const { copy, health } = seen;
    if (copy === null) return [`${host} has no copy of SSISDB`, ...left];
    if (copy.group === null)
      return [`The copy of SSISDB on ${host} is ${copy.state} and in no group`, ...left];
    refuseOtherGroup(copy.group, group, host);
    return [...(health === null ? [`${group} has no replica on ${host}`] : ailments(health, host)), ...left];
  },
  facts: ({ isPrimary, copy, health }, { host, group }) => [
    {
      about: 'copy',
      of: host,
      state: health?.synchronization ?? copy?.state ?? null,
      isReady: isPrimary || health?.health === 'HEALTHY',
    },
    { about: 'replica', of: host, mode: health?.availabilityMode ?? null },
    ...(isPrimary ? [{ about: 'primary' as const, of: group, at: host }] : []),
  ],

  async apply(ports, input, { before, runId }) {
    const { host, group, share, replicas } = input;
    if (before.health?.suspended) throw isSuspended(host);
    if (isCutOff(before)) throw cutOff(host, group);
    // What an earlier try has restored counts, not what was seen before it.
    const { copy } = await ports.sql.run('getCopy', {});
    if (!before.isPrimary && (copy === null || copy.group === null)) {
      refuseStale(copy, host, seedingName(runId));
      const primary = await primaryTarget(ports, replicas);
      await joinOrSeed(ports, { host, group, share, runId, primary, hasCopy: copy !== null });
    }
    await removeSeedingFiles(ports, share, seedingPrefix(host, runId));
  },
  undo: { auto: (ports, input, context) => takeBack(ports, input, context) },
});

interface Input {
  readonly host: string;
  readonly share: string;
  readonly replicas: Parameters<typeof homeTarget>[1];
}

/** Only what this run restored is dropped, only while it waits for a restore, and only while SSISDB lives elsewhere. */
async function takeBack(
  ports: Ports,
  { host, share, replicas }: Input,
  { before, runId }: ApplyContext<Observed>,
): Promise<void> {
  await removeSeedingFiles(ports, share, seedingPrefix(host, runId));
  if (before.copy !== null) return;
  const { isPrimary } = await ports.sql.run('getPrimaryState', {});
  if (isPrimary) {
    throw new OperatorError(
      `SSISDB has become primary on ${host} since this run seeded it there`,
      'Fail it over to the first node, then retry, or skip this undo.',
    );
  }
  await ports.sql.run('leaveGroup', {});
  const home = await homeTarget(ports, replicas);
  const { state } = await ports.sql.run('getPrimaryState', {}, home);
  if (state !== 'ONLINE') {
    throw new OperatorError(
      `SSISDB is ${state ?? 'not there'} on ${home.server}, so its copy on ${host} is not dropped`,
      'Bring SSISDB online there, then retry, or skip this undo.',
    );
  }
  await ports.sql.run('dropCopy', { name: seedingName(runId) });
}

/** Source: *sys.dm_hadr_database_replica_states*: what is asynchronous stays SYNCHRONIZING, and is healthy so. */
function ailments(health: Health, host: string): string[] {
  if (!health.replicaJoined || !health.databaseJoined)
    return [`The copy of SSISDB on ${host} has not joined`];
  if (health.suspended) return [`The movement of data to ${host} is suspended`];
  const isSynchronous = health.availabilityMode === 'SYNCHRONOUS_COMMIT';
  const wanted = isSynchronous ? 'SYNCHRONIZED' : 'SYNCHRONIZING';
  const reached = health.synchronization === wanted || health.synchronization === 'SYNCHRONIZED';
  return [
    ...(health.connection === 'CONNECTED'
      ? []
      : [`The replica on ${host} is ${health.connection ?? 'not connected'}`]),
    ...(reached
      ? []
      : [`The copy of SSISDB on ${host} is ${health.synchronization ?? 'not seen'}, not ${wanted}`]),
    ...(health.health === 'HEALTHY'
      ? []
      : [`The copy of SSISDB on ${host} is ${health.health ?? 'not seen'}, not HEALTHY`]),
    ...(!isSynchronous || health.failoverReady ? [] : [`${host} is not ready to take over`]),
  ];
}

function refuseOtherGroup(group: string, wanted: string, host: string): void {
  if (group.toLowerCase() === wanted.toLowerCase()) return;
  throw new OperatorError(
    `SSISDB on ${host} belongs to the availability group ${group}, not to ${wanted}`,
    'Find out whose it is, and have its owner take it away, then retry.',
  );
}

function refuseStale(copy: Observed['copy'], host: string, own: string): void {
  if (copy === null || (copy.state === 'RESTORING' && copy.restoredFrom === own)) return;
  const from = copy.restoredFrom === null ? '' : `, restored from the backup "${copy.restoredFrom}"`;
  throw new OperatorError(
    `${host} holds an SSISDB that this run has not made: ${copy.state}, in no group${from}`,
    'Find out whose it is; if nobody needs it, back it up and drop it by hand, then retry.',
  );
}

/** Source: domain facts, R3: who suspended it had a reason. */
function isSuspended(host: string): OperatorError {
  return new OperatorError(
    `The movement of data to the copy of SSISDB on ${host} is suspended`,
    `Find out why, run ALTER DATABASE SSISDB SET HADR RESUME on ${host}, then retry.`,
  );
}

/** A copy that was a member before this step did anything: nothing that it could still do would connect it. */
function isCutOff({ isPrimary, copy, health }: Observed): boolean {
  const isMember = !isPrimary && typeof copy?.group === 'string' && health?.databaseJoined === true;
  return isMember && health.connection !== 'CONNECTED';
}

/** Source: *Troubleshoot Always On availability groups configuration*, endpoints and endpoint access. */
function cutOff(host: string, group: string): OperatorError {
  return new OperatorError(
    `The replica of ${group} on ${host} is not connected to the primary`,
    `See that the endpoint on ${host} listens at the port of its ENDPOINT_URL in ${group}, and that no firewall is between, then retry.`,
  );
}
