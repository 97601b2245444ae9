import { OperatorError } from '../failures.ts';
import type { Ports, SqlTarget } from '../ports.ts';
import { primaryTarget, targetOf, type Replicas } from '../primary.ts';
import { sameName } from '../same-name.ts';
import type { PowerShellResult } from '../scripts/index.ts';
import { missingInRole } from '../steps/7-clustered-role/role-observed.ts';
import type { Grounds, Place } from './stations.ts';

/** What a drill needs to know of the site. */
export interface DrillGrounds {
  readonly name: string;
  readonly fullName: string;
  readonly port: number;
  readonly addresses: readonly string[];
  readonly suffix: string;
  readonly group: string;
  readonly replicas: Replicas;
}

export interface PlaceSeen {
  readonly primary: SqlTarget;
  readonly place: Place;
  readonly grounds: Grounds;
  /** What keeps the role from being sound where it is. */
  readonly roleTroubles: readonly string[];
  /** Synchronous copies that could not take over now. */
  readonly copyTroubles: readonly string[];
}

/** Where role and primary are now, and what keeps that place from being a sound one. `without`: a node that is lost. */
export async function lookAtPlace(
  ports: Ports,
  input: DrillGrounds,
  without: string | null = null,
): Promise<PlaceSeen> {
  const primary = await primaryTarget(ports, input.replicas);
  const nodes = input.replicas.nodes.filter((node) => node !== without);
  const seen = await ports.powershell.run('getMasterRole', { suffix: input.suffix, nodes });
  if (seen.role === null) {
    throw new OperatorError(
      `No clustered role owns SSISScaleOutMaster${input.suffix}`,
      'Perform chapter 7 first, then retry.',
    );
  }
  const { role } = seen;
  const replicas = await synchronousReplicas(ports, input, primary);
  const all = input.replicas.nodes;
  return {
    primary,
    place: { role: nodeCalled(role.owner, all), primary: nodeAt(primary, input.replicas) },
    grounds: {
      owners: all.filter((node) => role.possibleOwners.some((owner) => sameName(owner, node))),
      replicas: all.filter((node) => replicas.some(({ server }) => sameName(hostOf(server), node))),
    },
    roleTroubles: await troublesOfRole(ports, input, { ...seen, role }, primary),
    copyTroubles: replicas
      .filter(({ isSound }) => !isSound)
      .map(({ server }) => `The copy of SSISDB on ${server} is not synchronized`),
  };
}

type RoleSeen = PowerShellResult<'getMasterRole'> & {
  readonly role: NonNullable<PowerShellResult<'getMasterRole'>['role']>;
};

/** As chapter 7 judges it: online, on one node alone, and answering at its name with the right certificate. */
async function troublesOfRole(
  { powershell, sql }: Ports,
  { name, fullName, port, addresses, suffix }: DrillGrounds,
  { role, groups, services }: RoleSeen,
  primary: SqlTarget,
): Promise<string[]> {
  const { settings } = await powershell.run('getMasterSettings', { suffix });
  const endpoint = await powershell.run('getMasterEndpoint', { name: fullName, port });
  const { machine, isFresh } = await sql.run('getMasterProperties', {}, primary);
  const {
    network,
    possibleOwners: _possible,
    preferredOwners: _preferred,
    failsBack: _back,
    ...found
  } = role;
  const observed = {
    others: groups.filter((group) => group !== role.name),
    services,
    role: {
      ...found,
      dnsName: network?.dnsName ?? null,
      networkState: network?.state ?? null,
      statusDns: network?.statusDns ?? null,
      statusKerberos: network?.statusKerberos ?? null,
    },
    answers: { ...endpoint, expected: settings?.thumbprint ?? null, machine, isFresh },
  };
  return missingInRole(observed, { name, fullName, port, addresses, suffix });
}

/** Only synchronous copies may take over without loss. */
async function synchronousReplicas({ sql }: Ports, { group: name }: DrillGrounds, primary: SqlTarget) {
  const { group } = await sql.run('getGroup', { group: name }, primary);
  const health = await sql.run('getGroupHealth', { group: name }, primary);
  const synchronous = (group?.replicas ?? []).filter(
    ({ availabilityMode }) => availabilityMode === 'SYNCHRONOUS_COMMIT',
  );
  return synchronous.map(({ server }) => {
    const seen = health.group?.replicas.find((replica) => sameName(replica.server, server));
    return {
      server,
      isSound: seen !== undefined && seen.isConnected && seen.isSynchronized && seen.isHealthy,
    };
  });
}

function nodeAt({ server }: SqlTarget, replicas: Replicas): string {
  return replicas.nodes.find((node) => targetOf(node, replicas).server === server) ?? server;
}

/** Names as the site spells them, since the cluster and the engine may spell them otherwise. */
function nodeCalled(name: string, nodes: readonly string[]): string {
  return nodes.find((node) => sameName(node, hostOf(name))) ?? name;
}

function hostOf(server: string): string {
  return server.split('\\')[0] ?? server;
}
