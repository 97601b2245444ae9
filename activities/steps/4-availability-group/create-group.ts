import { machineOf } from '../../facts.ts';
import { OperatorError } from '../../failures.ts';
import type { Ports, SqlTarget } from '../../ports.ts';
import { homeTarget, replicasOf, targetOf } from '../../primary.ts';
import { quiesceCatalog, type Quiesce } from '../../quiesce.ts';
import type { ApplyContext } from '../../step-spec.ts';
import { defineChange } from '../../step.ts';
import { everyNode, theFirstNode } from '../hosts.ts';
import {
  differs,
  groupObserved,
  lookAtGroup,
  missingInGroup,
  replicaOn,
  type GroupObserved,
  type GroupWanted,
} from './group-as-seen.ts';
import { replicaPolicyOf, wantedModes } from './wanted-replica.ts';

/**
 * One group for SSISDB, primary where SSISDB is, every other engine joined. Each act is seen by itself, so
 * what is there already is left as it is, and a second try goes on where the first one ended. Each instance
 * keeps its own owner of the group. Seeding is by backup: automatic seeding would keep nobody's password.
 *
 * Source: *CREATE AVAILABILITY GROUP*; *ALTER AVAILABILITY GROUP*, JOIN; *sys.availability_replicas*, owner_sid;
 * domain facts, 4.4 and C12.
 */
export const createGroup = defineChange({
  id: 'create-group',
  title: 'Create the availability group and join every replica',
  why: 'It keeps SSISDB on every node, and moves it when one is lost.',
  on: theFirstNode,
  after: ['prepare-ssisdb'],
  holds: everyNode,
  patience: { applyMinutes: 120, settleMinutes: 5 },
  takes: (site) => ({
    group: site.availabilityGroup.name,
    replicas: { ...replicasOf(site) },
    policy: { ...replicaPolicyOf(site) },
    instance: site.instance.name,
    verifies: site.tls.verify,
    drainPackagesMinutes: site.restarts.drainPackagesMinutes,
  }),

  observed: groupObserved,
  probe: (ports, wanted) => lookAtGroup(ports, wanted),
  shortfall: (seen, wanted) => missingInGroup(seen, wanted),
  facts: (seen, { group }) => [
    { about: 'primary', of: group, at: seen.group?.primary ? machineOf(seen.group.primary) : null },
    ...seen.engines.map((engine) => ({
      about: 'replica' as const,
      of: engine.node,
      mode: replicaOn(seen, engine)?.availabilityMode ?? null,
    })),
  ],
  gate(seen, { group }) {
    if (seen.group === null) return null;
    const others = seen.group.databases.filter((name) => name !== 'SSISDB');
    const used = others.length === 0 ? '' : ` It also holds ${others.join(', ')}.`;
    return `Change the availability group ${group}, which is there already, to what the site file asks?${used}`;
  },

  async apply(ports, wanted, { before }) {
    const home = await homeTarget(ports, wanted.replicas);
    if (before.group === null) await create(ports, wanted, before, home);
    else await complete(ports, wanted, before, home);
    for (const engine of before.engines) await takePart(ports, wanted, engine, before.home);
  },
  undo: {
    async auto(ports, input, context) {
      const home = await homeTarget(ports, input.replicas);
      if (context.before.group === null) await drop(ports, input, context, home);
      else await revert(ports, input, context.before, home);
    },
    residue: ['packages and connections that found SSISDB without its group'],
  },
});

async function create(
  { sql }: Ports,
  { group, replicas, policy }: GroupWanted,
  seen: GroupObserved,
  home: SqlTarget,
) {
  const specs = seen.engines.map(({ node, server, endpointPort }, at) => ({
    server,
    endpointUrl: urlOf(node, replicas.domain, endpointPort),
    ...wantedModes(at, policy),
  }));
  await sql.run('createGroup', { group, replicas: specs }, home);
}

async function complete({ sql }: Ports, wanted: GroupWanted, seen: GroupObserved, home: SqlTarget) {
  const { group, replicas, policy } = wanted;
  for (const [at, engine] of seen.engines.entries()) {
    const modes = wantedModes(at, policy);
    const { server } = engine;
    const replica = replicaOn(seen, engine);
    const endpointUrl = urlOf(engine.node, replicas.domain, engine.endpointPort);
    if (!replica) await sql.run('addGroupReplica', { group, server, endpointUrl, ...modes }, home);
    else if (differs(replica, modes)) await sql.run('setGroupReplica', { group, server, ...modes }, home);
  }
  if (!seen.group?.databases.includes('SSISDB')) await sql.run('addSsisdbToGroup', { group }, home);
}

/** The engine that made the group is in it already; every other one joins by itself. */
async function takePart(
  { sql }: Ports,
  wanted: GroupWanted,
  engine: GroupObserved['engines'][number],
  home: string,
) {
  const { group, replicas } = wanted;
  const target = targetOf(engine.node, replicas);
  if (!engine.joined && engine.server !== home) await sql.run('joinGroup', { group }, target);
  if (!engine.ownedBySa) await sql.run('setGroupOwner', { group, owner: null }, target);
}

type Undoing = GroupWanted & Pick<Quiesce, 'instance' | 'verifies' | 'drainPackagesMinutes'>;

/** The group is this run's own, and goes unless somebody else has put a database into it. */
async function drop(
  ports: Ports,
  input: Undoing,
  { runId, tries }: ApplyContext<GroupObserved>,
  home: SqlTarget,
) {
  const { group, replicas, instance, verifies, drainPackagesMinutes } = input;
  const now = await ports.sql.run('getGroup', { group }, home);
  if (now.group === null) return;
  const others = now.group.databases.filter((name) => name !== 'SSISDB');
  if (others.length > 0) {
    throw new OperatorError(
      `The availability group ${group} holds ${others.join(', ')} by now and is not dropped`,
      'Have their owners take them out of it, then retry, or skip this undo.',
    );
  }
  const quiesce = { ...replicas, instance, verifies, drainPackagesMinutes };
  await quiesceCatalog(ports, quiesce, { of: `drop ${group} ${runId}`, tries });
  await ports.sql.run('removeSsisdbFromGroup', { group }, home);
  await ports.sql.run('dropGroup', { group }, home);
}

/** The group was there: it gets back what it had, and keeps its databases. */
async function revert(
  { sql }: Ports,
  { group, replicas }: GroupWanted,
  before: GroupObserved,
  home: SqlTarget,
) {
  if (!before.group?.databases.includes('SSISDB')) await sql.run('removeSsisdbFromGroup', { group }, home);
  for (const engine of before.engines) {
    const { server, owner, ownedBySa } = engine;
    const replica = replicaOn(before, engine);
    if (!replica) {
      await sql.run('removeGroupReplica', { group, server }, home);
      continue;
    }
    const { availabilityMode, failoverMode } = replica;
    await sql.run('setGroupReplica', { group, server, availabilityMode, failoverMode }, home);
    if (engine.joined && !ownedBySa && owner !== null) {
      await sql.run('setGroupOwner', { group, owner }, targetOf(engine.node, replicas));
    }
  }
}

function urlOf(node: string, domain: string, port: number): string {
  return `TCP://${node}.${domain}:${port}`.toLowerCase().replace('tcp', 'TCP');
}
