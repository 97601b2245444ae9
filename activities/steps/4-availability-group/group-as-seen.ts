import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import type { Ports, SqlTarget } from '../../ports.ts';
import { homeTarget, targetOf, type Replicas } from '../../primary.ts';
import { sameName } from '../../same-name.ts';
import { wantedModes, type ReplicaPolicy } from './wanted-replica.ts';

export const groupObserved = z.strictObject({
  /** What the engine that holds SSISDB calls itself. */
  home: z.string(),
  groupOfSsisdb: z.string().nullable(),
  group: z
    .strictObject({
      primary: z.string().nullable(),
      databases: z.array(z.string()),
      replicas: z.array(
        z.strictObject({
          server: z.string(),
          availabilityMode: z.string(),
          failoverMode: z.string(),
          joined: z.boolean(),
        }),
      ),
    })
    .nullable(),
  /** Every node's engine, in the order of the site: what it calls itself, and its own view of the group. */
  engines: z.array(
    z.strictObject({
      node: z.string(),
      server: z.string(),
      endpointPort: z.number(),
      joined: z.boolean(),
      owner: z.string().nullable(),
      ownedBySa: z.boolean(),
    }),
  ),
});

export type GroupObserved = z.output<typeof groupObserved>;

export interface GroupWanted {
  readonly group: string;
  readonly replicas: Replicas;
  readonly policy: ReplicaPolicy;
}

/** Asks the home of SSISDB for the group, and every engine for its part in it. */
export async function lookAtGroup(
  ports: Ports,
  { group: name, replicas }: GroupWanted,
): Promise<GroupObserved> {
  const home = await homeTarget(ports, replicas);
  const { serverName } = await ports.sql.run('getAlwaysOn', {}, home);
  const { group, groupOfSsisdb } = await ports.sql.run('getGroup', { group: name }, home);
  const engines = [];
  for (const node of replicas.nodes)
    engines.push(await lookAtEngine(ports, node, name, targetOf(node, replicas)));
  return {
    home: serverName,
    groupOfSsisdb,
    group: group && {
      primary: group.primary,
      databases: group.databases,
      replicas: group.replicas.map(({ endpointUrl: _url, ...replica }) => replica),
    },
    engines,
  };
}

async function lookAtEngine({ sql }: Ports, node: string, name: string, target: SqlTarget) {
  const { serverName } = await sql.run('getAlwaysOn', {}, target);
  const { endpoint } = await sql.run('getEndpoint', { accounts: [] }, target);
  const { group } = await sql.run('getGroup', { group: name }, target);
  if (!endpoint) {
    throw new OperatorError(
      `${node} has no endpoint for replicas`,
      'Perform the step that creates it first, then retry.',
    );
  }
  return {
    node,
    server: serverName,
    endpointPort: endpoint.port,
    joined: group !== null,
    owner: group?.owner ?? null,
    ownedBySa: group?.ownedBySa ?? false,
  };
}

/**
 * What is missing of the wanted group, one sentence each.
 *
 * Throws an OperatorError where the group, or SSISDB, is somebody else's affair.
 */
export function missingInGroup(seen: GroupObserved, { group: name, policy }: GroupWanted): string[] {
  refuseForeign(seen, name);
  if (seen.group === null) return [`There is no availability group ${name} with SSISDB in it`];
  const { databases } = seen.group;
  return [
    ...(databases.includes('SSISDB') ? [] : [`SSISDB is no member of ${name}`]),
    ...seen.engines.flatMap((engine, at) => missingOfReplica(seen, engine, name, wantedModes(at, policy))),
  ];
}

type Engine = GroupObserved['engines'][number];
type Modes = ReturnType<typeof wantedModes>;

function missingOfReplica(seen: GroupObserved, engine: Engine, name: string, wanted: Modes): string[] {
  const replica = replicaOn(seen, engine);
  if (!replica) return [`${name} has no replica on ${engine.server}`];
  return [
    ...(differs(replica, wanted)
      ? [`The replica on ${engine.server} is ${modes(replica)}, not ${modes(wanted)}`]
      : []),
    ...(engine.joined && replica.joined ? [] : [`${engine.server} has not joined ${name}`]),
    ...(!engine.joined || engine.ownedBySa
      ? []
      : [`${name} belongs to ${engine.owner ?? 'nobody'} on ${engine.server}, not to sa`]),
  ];
}

export function replicaOn({ group }: GroupObserved, { server }: Engine) {
  return group?.replicas.find((replica) => sameName(replica.server, server)) ?? null;
}

export function differs(replica: Modes, wanted: Modes): boolean {
  return replica.availabilityMode !== wanted.availabilityMode || replica.failoverMode !== wanted.failoverMode;
}

function modes({ availabilityMode, failoverMode }: Modes): string {
  return `${availabilityMode} with ${failoverMode} failover`;
}

function refuseForeign({ group, groupOfSsisdb, home }: GroupObserved, name: string): void {
  if (groupOfSsisdb !== null && !sameName(groupOfSsisdb, name)) {
    throw new OperatorError(
      `SSISDB belongs to the availability group ${groupOfSsisdb}, not to ${name}`,
      `Name ${groupOfSsisdb} in the site file, or have its owner take SSISDB out of it, then retry.`,
    );
  }
  if (group === null || (group.primary !== null && sameName(group.primary, home))) return;
  throw new OperatorError(
    `The availability group ${name} is primary on ${group.primary ?? 'no replica'}, but SSISDB lies on ${home}`,
    `Fail ${name} over to ${home}, or take its remains away, then retry.`,
  );
}
