import type { z } from 'zod';
import { expiryHasTime, rulesCanBeMet } from './site-change-control.ts';
import { acceptancesHold } from './findings/acceptances-hold.ts';
import { networksReach } from './site-networks.ts';
import { mailIsSafe } from './site-notify.ts';
import { inWords, type Path, type SiteSketch, type SketchedSite, type Tell } from './site-sketch.ts';

/*
 * What no single field of a site file can say. The checks bear a file that has faults of other kinds, so
 * that all its faults are told at once: what is not there, or not sound, they pass over.
 */

/** The cross-checks as the schema runs them, on a site whose parts are all sound. */
export function crossCheck(site: SiteSketch, context: z.RefinementCtx): void {
  crossCheckSketch({
    site,
    isSound: () => true,
    tell: (path, message) => context.addIssue({ code: 'custom', path: [...path], message }),
  });
}

/**
 * Names and addresses that must differ, a first node, accounts with their passwords, and what production
 * refuses.
 *
 * Source: domain facts, section 2, *Cross-checks worth doing before anything runs*.
 */
export function crossCheckSketch(sketched: SketchedSite): void {
  namesDiffer(sketched);
  oneMachineOneName(sketched);
  addressesDiffer(sketched);
  networksReach(sketched);
  oneFirstNode(sketched);
  ownersAreNodes(sketched);
  accountsAreWhole(sketched);
  portsDiffer(sketched);
  clusterHasAddress(sketched);
  probesFit(sketched);
  partsAgree(sketched);
  engineIsKnown(sketched);
  rulesCanBeMet(sketched);
  expiryHasTime(sketched);
  mailIsSafe(sketched);
  productionRefuses(sketched);
  acceptancesHold(sketched);
}

type Placed = readonly [Path, string | undefined];

function namesDiffer({ site, tell }: SketchedSite): void {
  const names: Placed[] = [
    ...(site.nodes ?? []).map((node, at): Placed => [['nodes', at, 'name'], node?.name]),
    ...workersOfTheirOwn(site).map(({ at, name }): Placed => [['workers', at, 'name'], name]),
    [['cluster', 'name'], site.cluster?.name],
    [['availabilityGroup', 'listener', 'name'], site.availabilityGroup?.listener?.name],
    [['scaleOutMaster', 'name'], site.scaleOutMaster?.name],
  ];
  refuseRepeats(names, tell);
}

/** Locks and queues go by the name as it is written: a node that is a worker too is written in one way only. */
function oneMachineOneName({ site, tell }: SketchedSite): void {
  for (const [at, worker] of (site.workers ?? []).entries()) {
    const node = site.nodes?.find((candidate) => same(candidate?.name, worker?.name));
    if (node?.name === undefined || worker === undefined) continue;
    if (node.name !== worker.name)
      tell(['workers', at, 'name'], `is the node ${node.name} in another spelling: write it the same`);
    if (node.ip !== undefined && worker.ip !== undefined && node.ip !== worker.ip)
      tell(['workers', at, 'ip'], `is not the address of the node ${node.name}, which this worker is`);
  }
}

function addressesDiffer({ site, tell }: SketchedSite): void {
  const listener = site.availabilityGroup?.listener?.addresses ?? [];
  const addresses: Placed[] = [
    ...(site.nodes ?? []).map((node, at): Placed => [['nodes', at, 'ip'], node?.ip]),
    ...workersOfTheirOwn(site).map(({ at, ip }): Placed => [['workers', at, 'ip'], ip]),
    [['cluster', 'ip'], site.cluster?.ip],
    ...(site.cluster?.otherIps ?? []).map((ip, at): Placed => [['cluster', 'otherIps', at], ip]),
    ...listener.map((entry, at): Placed => [
      ['availabilityGroup', 'listener', 'addresses', at, 'ip'],
      entry?.ip,
    ]),
    ...(site.scaleOutMaster?.addresses ?? []).map((entry, at): Placed => [
      ['scaleOutMaster', 'addresses', at, 'ip'],
      entry?.ip,
    ]),
  ];
  refuseRepeats(addresses, tell);
}

/** A machine may be node and worker at once: then name and address are the same on purpose. */
function workersOfTheirOwn(site: SiteSketch) {
  return (site.workers ?? [])
    .map((worker, at) => ({ at, name: worker?.name, ip: worker?.ip }))
    .filter(({ name }) => !site.nodes?.some((node) => same(node?.name, name)));
}

function refuseRepeats(values: readonly Placed[], tell: Tell): void {
  const owners = new Map<string, Path>();
  for (const [path, value] of values) {
    if (value === undefined) continue;
    const owner = owners.get(value.toLowerCase());
    if (owner) tell(path, `is taken by ${inWords(owner)}: each needs its own`);
    else owners.set(value.toLowerCase(), path);
  }
}

function oneFirstNode({ site, isSound, tell }: SketchedSite): void {
  if (!site.nodes?.every((_node, at) => isSound(['nodes', at, 'first']))) return;
  const firsts = site.nodes.filter((node) => node?.first).length;
  if (firsts !== 1)
    tell(['nodes'], `has ${firsts} nodes marked "first: true"; SSISDB is born on exactly one`);
}

function ownersAreNodes({ site, isSound, tell }: SketchedSite): void {
  const { nodes } = site;
  if (!nodes?.every((_node, at) => isSound(['nodes', at, 'name']))) return;
  for (const [at, owner] of (site.scaleOutMaster?.preferredOwners ?? []).entries()) {
    if (owner === undefined || nodes.some((node) => same(node?.name, owner))) continue;
    tell(['scaleOutMaster', 'preferredOwners', at], 'is not one of the nodes');
  }
}

/** Source: *Service accounts*: the name of a group managed service account ends in $ and has no password. */
function accountsAreWhole({ site, isSound, tell }: SketchedSite): void {
  for (const [name, entry] of Object.entries(site.accounts ?? {})) {
    if (entry?.account === undefined || !isSound(['accounts', name, 'password'])) continue;
    const { account, password } = entry;
    const managed = account.endsWith('$');
    if (managed && password !== undefined) {
      tell(['accounts', name, 'password'], `is given, but ${account} is a gMSA: leave it out`);
    }
    if (!managed && password === undefined) {
      tell(['accounts', name], `has no password, and ${account} is no gMSA (its name does not end in $)`);
    }
  }
  const { operator } = site;
  const lacksPassword = operator?.password === undefined && isSound(['operator', 'password']);
  if (operator?.sqlAuthentication === 'ntlm' && lacksPassword) {
    tell(['operator'], 'has no password, which NTLM needs; write one, or sqlAuthentication: integrated');
  }
}

function portsDiffer({ site, isSound, tell }: SketchedSite): void {
  const { availabilityGroup, scaleOutMaster } = site;
  const path = ['scaleOutMaster', 'port'];
  const port = scaleOutMaster?.port ?? (isSound(path) ? DEFAULT_MASTER_PORT : undefined);
  if (port === undefined || scaleOutMaster === undefined) return;
  if (availabilityGroup?.endpointPort === port)
    tell(path, "is the port of the availability group's endpoint too");
  if (availabilityGroup?.listener?.port === port) tell(path, "is the listener's port too");
}

export const DEFAULT_MASTER_PORT = 8391;

const MAJOR: Readonly<Record<number, string>> = { 2017: '14', 2019: '15', 2022: '16' };

function partsAgree({ site, tell }: SketchedSite): void {
  const { product, instance, executionLog, nodes, cluster } = site;
  const major = MAJOR[product?.version ?? 0];
  if (major !== undefined && product?.build !== undefined && !product.build.startsWith(`${major}.`)) {
    tell(['product', 'build'], `is no build of SQL Server ${product.version} (${major}.x)`);
  }
  if (executionLog?.login === 'sqlLogin' && instance?.authentication === 'windows') {
    tell(
      ['instance', 'authentication'],
      'must be mixed for executionLog.login: sqlLogin, or no worker could write its log (18456 state 58)',
    );
  }
  if (nodes && nodes.length % 2 === 0 && cluster?.witness?.kind === 'none') {
    tell(['cluster', 'witness'], `is none, but ${nodes.length} nodes cannot outvote one another`);
  }
}

/** Source: *New-Cluster*, -StaticAddress and -ManagementPointNetworkType. */
function clusterHasAddress({ site: { cluster }, isSound, tell }: SketchedSite): void {
  if (cluster === undefined || !isSound(['cluster', 'managementPoint']) || !isSound(['cluster', 'ip']))
    return;
  const isDistributed = cluster.managementPoint === 'distributed';
  if (!isDistributed && cluster.ip === undefined)
    tell(['cluster', 'ip'], 'is missing; only a cluster with managementPoint: distributed has none');
  if (isDistributed && (cluster.ip !== undefined || (cluster.otherIps ?? []).length > 0))
    tell(
      ['cluster', 'ip'],
      'is given, but the name of the cluster stands for the addresses of the nodes: leave it out',
    );
}

/** Source: domain facts, *Azure VM specifics* and section 2, cross-checks. */
function probesFit({ site, tell }: SketchedSite): void {
  const { availabilityGroup, scaleOutMaster, instance, cluster } = site;
  const listener = availabilityGroup?.listener;
  const probes: readonly (readonly [Path, number | undefined, number])[] = [
    [['availabilityGroup', 'listener', 'probePort'], listener?.probePort, listener?.addresses?.length ?? 1],
    [['scaleOutMaster', 'probePort'], scaleOutMaster?.probePort, scaleOutMaster?.addresses?.length ?? 1],
  ];
  const taken = new Map<number | undefined, string>([
    [availabilityGroup?.endpointPort, "the endpoint's port"],
    [instance?.port, "the engine's port"],
    [listener?.port, "the listener's port"],
    [scaleOutMaster?.port ?? DEFAULT_MASTER_PORT, "the Master's port"],
  ]);
  for (const [path, port, addresses] of probes) {
    if (port === undefined) continue;
    if (addresses > 1)
      tell(path, 'is given for several addresses: nodes in subnets of their own need no load balancer');
    const owner = taken.get(port);
    if (owner !== undefined) tell(path, `is ${owner} too: each probe needs one of its own`);
    taken.set(port, 'the port of another probe');
    if (cluster?.ip !== undefined)
      tell(
        ['cluster', 'managementPoint'],
        'must be distributed behind a load balancer, without an address of its own',
      );
  }
}

function engineIsKnown({ site, isSound, tell }: SketchedSite): void {
  const { instance, tls } = site;
  const lacksCertificate = instance?.certificate === undefined && isSound(['instance', 'certificate']);
  if (!tls?.verify || instance === undefined || !lacksCertificate) return;
  tell(
    ['instance', 'certificate'],
    'is missing, and a fresh engine has only a self-made one: name it, or write tls: { verify: false }',
  );
}

function productionRefuses({ site, isSound, tell }: SketchedSite): void {
  const { environment, approvals, tls } = site;
  const isSilent = approvals && approvals.identities === undefined && isSound(['approvals', 'identities']);
  if (environment !== undefined && environment !== 'lab' && isSilent) {
    tell(['approvals', 'identities'], 'must say "asserted": who decides is claimed here, not proven');
  }
  if (environment !== 'production') return;
  if (approvals?.selfApproval) tell(['approvals', 'selfApproval'], 'is refused in production');
  if (tls?.verify === false) tell(['tls', 'verify'], 'may not be false in production');
}

function same(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}
