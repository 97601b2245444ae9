import { z } from 'zod';
import { OperatorError } from '../failures.ts';
import type { Ports, SqlTarget } from '../ports.ts';
import { primaryTarget, targetOf, type Replicas } from '../primary.ts';
import { PROBE, type Proof } from '../proof/evidence.ts';
import type { LookContext } from '../step.ts';
import { missingInRole } from '../steps/7-clustered-role/role-observed.ts';
import { homeIn, stationsSoFar } from './evidence-of-drill.ts';
import type { DrillKind, Grounds, Place } from './stations.ts';

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

export const drillObserved = z.strictObject({
  place: z.strictObject({ role: z.string(), primary: z.string() }),
  home: z.strictObject({ role: z.string(), primary: z.string() }),
  stations: z.array(
    z.strictObject({
      role: z.string(),
      primary: z.string(),
      standing: z.enum(['missing', 'running', 'quiet', 'good']),
    }),
  ),
  /** What is not as it should be where everything is now. */
  troubles: z.array(z.string()),
  /** Workers that have not reported since the last probe package was started. */
  silent: z.array(z.string()),
});

export type DrillObserved = z.output<typeof drillObserved>;

/** Where role and primary are now, and what keeps that place from being a sound one. */
export async function lookAtPlace(ports: Ports, input: DrillGrounds) {
  const nodes = [...input.replicas.nodes];
  const primary = await primaryTarget(ports, input.replicas);
  const { role, groups, services } = await ports.powershell.run('getMasterRole', {
    suffix: input.suffix,
    nodes,
  });
  if (role === null) {
    throw new OperatorError(
      `No clustered role owns SSISScaleOutMaster${input.suffix}`,
      'Perform chapter 7 first, then retry.',
    );
  }
  const { settings } = await ports.powershell.run('getMasterSettings', { suffix: input.suffix });
  const { name, fullName, port } = input;
  const endpoint = await ports.powershell.run('getMasterEndpoint', { name: fullName, port });
  const { machine, isFresh } = await ports.sql.run('getMasterProperties', {}, primary);
  const { network, ...found } = role;
  const observed = {
    others: groups.filter((group) => group !== role.name),
    services,
    role: {
      name: found.name,
      state: found.state,
      owner: found.owner,
      serviceState: found.serviceState,
      networkState: network?.state ?? null,
      statusDns: network?.statusDns ?? null,
      statusKerberos: network?.statusKerberos ?? null,
      addresses: found.addresses,
    },
    answers: { ...endpoint, expected: settings?.thumbprint ?? null, machine, isFresh },
  };
  const replicas = await synchronousReplicas(ports, input, primary);
  const wanted = { name, fullName, port, addresses: input.addresses, suffix: input.suffix };
  return {
    primary,
    place: { role: nodeCalled(role.owner, nodes), primary: nodeAt(primary, input.replicas) },
    grounds: {
      owners: nodes.filter((node) => role.possibleOwners.some((owner) => same(owner, node))),
      replicas: nodes.filter((node) => replicas.some(({ server }) => same(hostOf(server), node))),
    },
    troubles: [
      ...missingInRole(observed, wanted),
      ...replicas
        .filter(({ isSynchronized }) => !isSynchronized)
        .map(({ server }) => `The copy of SSISDB on ${server} is not synchronized`),
    ],
  };
}

/** The whole of a drill: where everything is, and what has been proven where in this run. */
export async function lookAtDrill(
  ports: Ports,
  input: DrillGrounds & { readonly id: string; readonly kind: DrillKind },
  { runId, tries }: LookContext,
): Promise<DrillObserved> {
  const { primary, place, grounds, troubles } = await lookAtPlace(ports, input);
  const drill = `${runId}/${input.id}`;
  const proofs = await proofsOf(ports, { drill, primary, waitSeconds: 0 });
  const home = homeIn(drill, proofs) ?? place;
  const so = { drill, kind: input.kind, home, grounds: groundsOf(grounds, home), tries };
  return {
    place,
    home,
    stations: stationsSoFar(so, proofs),
    troubles,
    silent: proofs.at(-1)?.silent.map(({ machine }) => machine) ?? [],
  };
}

export interface ProofsMeant {
  readonly drill: string;
  readonly primary: SqlTarget;
  readonly waitSeconds: number;
}

export async function proofsOf(
  { sql }: Ports,
  { drill, primary, waitSeconds }: ProofsMeant,
): Promise<readonly Proof[]> {
  const { proofs } = await sql.run('getProofs', { ...PROBE, prefix: `${drill}/`, waitSeconds }, primary);
  return proofs ?? [];
}

/** Only synchronous copies may take over without loss. */
async function synchronousReplicas({ sql }: Ports, { group: name }: DrillGrounds, primary: SqlTarget) {
  const { group } = await sql.run('getGroup', { group: name }, primary);
  const health = await sql.run('getGroupHealth', { group: name }, primary);
  const synchronous = (group?.replicas ?? []).filter(
    ({ availabilityMode }) => availabilityMode === 'SYNCHRONOUS_COMMIT',
  );
  return synchronous.map(({ server }) => {
    const seen = health.group?.replicas.find((replica) => same(replica.server, server));
    return { server, isSynchronized: (seen?.isConnected && seen.isSynchronized && seen.isHealthy) ?? false };
  });
}

/** Home is always a place to go back to, whatever the cluster says of it meanwhile. */
function groundsOf({ owners, replicas }: Grounds, home: Place): Grounds {
  return { owners, replicas: replicas.includes(home.primary) ? replicas : [home.primary, ...replicas] };
}

function nodeAt({ server }: SqlTarget, replicas: Replicas): string {
  return replicas.nodes.find((node) => targetOf(node, replicas).server === server) ?? server;
}

/** Names as the site spells them, since the cluster and the engine may spell them otherwise. */
function nodeCalled(name: string, nodes: readonly string[]): string {
  return nodes.find((node) => same(node, hostOf(name))) ?? name;
}

function hostOf(server: string): string {
  return server.split('\\')[0] ?? server;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
