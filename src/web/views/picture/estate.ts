import type { RunSight } from '../run-sight.ts';
import { KnownFacts, type Known } from './known-facts.ts';
import { plannedEstate } from './planned-estate.ts';

/** Looked for and found, looked for in vain, or never looked for. */
export type Standing = 'there' | 'to come' | 'not there' | 'not known';

export interface Thing {
  readonly name: string;
  readonly standing: Standing;
  /** Moments in which it was seen, ISO 8601, the first one first; none where nobody has looked. */
  readonly seenAt: readonly string[];
  /** A step is at it: it may be otherwise by now. */
  readonly isMoving: boolean;
}

export interface NodeSeen extends Thing {
  /** As the cluster says it; null where that is not known. */
  readonly state: string | null;
  readonly isRestarting: boolean;
  readonly votes: number | null;
  readonly isPrimary: boolean;
  readonly mode: string | null;
  readonly copy: { readonly state: string | null; readonly isReady: boolean } | null;
  /** Null where nobody knows who does. */
  readonly runsMaster: boolean | null;
  /** Null where that is not known. */
  readonly trusts: readonly string[] | null;
}

export interface WorkerSeen extends Thing {
  readonly master: string | null;
  readonly trustsMaster: boolean;
  readonly intake: { readonly isEnabled: boolean; readonly isOnline: boolean } | null;
  /** Nodes that trust it, of those of which that is known. */
  readonly trustedBy: readonly string[];
  readonly isRestarting: boolean;
}

/** The estate as it is known at the moment that is shown. */
export interface Estate {
  readonly cluster: Thing;
  readonly witness: (Thing & { readonly kind: string | null; readonly isOnline: boolean }) | null;
  readonly group: Thing;
  readonly listener: Thing & { readonly isOnline: boolean };
  readonly role: Thing & { readonly owner: string | null; readonly state: string | null };
  readonly nodes: readonly NodeSeen[];
  readonly workers: readonly WorkerSeen[];
}

/** What the run's looks told, and what its plan will bring. */
export function estateOf({ run, plan }: Pick<RunSight, 'run' | 'plan'>): Estate {
  const planned = plannedEstate(plan);
  const facts = new KnownFacts(run.steps);
  const missing: Standing = run.mode === 'verify' || run.endedAt !== null ? 'not there' : 'to come';
  const restarting = new Set(
    run.steps.filter(({ state }) => state === 'restarting').map(({ host }) => host.toLowerCase()),
  );
  const from: Sources = { facts, missing, restarting };
  const role = roleOf(from, planned.role);
  const primary = facts.all('primary').at(-1) ?? null;
  const nodes = names(
    planned.nodes,
    [...facts.all('node'), ...facts.all('replica')].map(({ fact }) => fact.of),
  );
  const workers = names(
    planned.workers,
    facts.all('worker').map(({ fact }) => fact.of),
  );
  const seen = nodes.map((name) =>
    nodeOf(from, name, { owner: role.owner, primary: primary?.fact.at ?? null }),
  );
  return {
    cluster: clusterOf(from, planned.cluster),
    witness: witnessOf(from, planned.witness),
    group: thing(planned.group ?? primary?.fact.of ?? 'group', primary, {
      isThere: (primary?.fact.at ?? null) !== null,
      missing,
    }),
    listener: listenerOf(from, planned.listener),
    role,
    nodes: seen,
    workers: workers.map((name) => workerOf(from, name, seen)),
  };
}

interface Sources {
  readonly facts: KnownFacts;
  /** What is called what was looked for in vain. */
  readonly missing: Standing;
  /** Hosts, in small letters. */
  readonly restarting: ReadonlySet<string>;
}

function thing(
  name: string,
  known: Pick<Known<'node'>, 'at' | 'isMoving'> | null,
  { isThere, missing }: { readonly isThere: boolean; readonly missing: Standing },
): Thing {
  const standing = known === null ? 'not known' : isThere ? 'there' : missing;
  return { name, standing, seenAt: moments([known]), isMoving: known?.isMoving ?? false };
}

function clusterOf({ facts, missing }: Sources, planned: string | null): Thing {
  const known = facts.all('cluster').at(-1) ?? null;
  // Who votes in it has seen it.
  const implied = facts.all('vote').at(-1) ?? null;
  const isThere = known?.fact.isThere ?? implied !== null;
  return thing(planned ?? known?.fact.of ?? 'cluster', known ?? implied, { isThere, missing });
}

function witnessOf({ facts, missing }: Sources, planned: string | null): Estate['witness'] {
  const known = facts.all('witness').at(-1) ?? null;
  if (known === null && planned === null) return null;
  const isThere = known !== null && known.fact.kind !== 'none';
  const name = (isThere ? known.fact.at : null) ?? planned ?? 'witness';
  const kind = isThere ? known.fact.kind : null;
  return { ...thing(name, known, { isThere, missing }), kind, isOnline: known?.fact.isOnline ?? false };
}

function listenerOf({ facts, missing }: Sources, planned: string | null): Estate['listener'] {
  const known = facts.all('listener').at(-1) ?? null;
  const isThere = known !== null && known.fact.name !== null;
  const name = isThere ? `${known.fact.name},${known.fact.port ?? '?'}` : (planned ?? 'listener');
  return { ...thing(name, known, { isThere, missing }), isOnline: known?.fact.isOnline ?? false };
}

function roleOf({ facts, missing }: Sources, planned: string | null): Estate['role'] {
  const known = facts.all('role').at(-1) ?? null;
  const owner = known?.fact.owner ?? null;
  const name = planned ?? known?.fact.of ?? 'role';
  return {
    ...thing(name, known, { isThere: owner !== null, missing }),
    owner,
    state: known?.fact.state ?? null,
  };
}

interface Leading {
  readonly owner: string | null;
  readonly primary: string | null;
}

function nodeOf(
  { facts, missing, restarting }: Sources,
  name: string,
  { owner, primary }: Leading,
): NodeSeen {
  const node = facts.of('node', name);
  const copy = facts.of('copy', name);
  const replica = facts.of('replica', name);
  const vote = facts.of('vote', name);
  const trust = facts.of('trust', name);
  const state = node?.fact.state ?? null;
  return {
    ...thing(name, node, { isThere: state !== null, missing }),
    seenAt: moments([node, copy, replica, vote, trust]),
    state,
    isRestarting: restarting.has(name.toLowerCase()),
    votes: vote?.fact.votes ?? null,
    isPrimary: isSame(primary, name),
    mode: replica?.fact.mode ?? null,
    copy: copy && { state: copy.fact.state, isReady: copy.fact.isReady },
    runsMaster: owner === null ? null : isSame(owner, name),
    trusts: trust?.fact.workers ?? null,
  };
}

function workerOf(
  { facts, missing, restarting }: Sources,
  name: string,
  nodes: readonly NodeSeen[],
): WorkerSeen {
  const known = facts.of('worker', name);
  const intake = facts.of('intake', name);
  const trusting = nodes.filter(({ trusts }) => trusts?.some((worker) => isSame(worker, name)));
  return {
    ...thing(name, known ?? intake, { isThere: known !== null && known.fact.master !== null, missing }),
    seenAt: moments([known, intake]),
    master: known?.fact.master ?? null,
    trustsMaster: known?.fact.trustsMaster ?? false,
    intake: intake && { isEnabled: intake.fact.isEnabled, isOnline: intake.fact.isOnline },
    trustedBy: trusting.map((node) => node.name),
    isRestarting: restarting.has(name.toLowerCase()),
  };
}

/** Those of the plan, then those that were seen beside it. */
function names(planned: readonly string[], seen: readonly string[]): readonly string[] {
  const known = new Map([...seen, ...planned].map((name) => [name.toLowerCase(), name]));
  const first = planned.map((name) => name.toLowerCase());
  return [...new Set([...first, ...known.keys()])].map((key) => known.get(key) ?? key);
}

function isSame(one: string | null, other: string): boolean {
  return one !== null && one.toLowerCase() === other.toLowerCase();
}

function moments(known: readonly ({ readonly at: string } | null)[]): readonly string[] {
  return [...new Set(known.flatMap((one) => one?.at ?? []))].toSorted();
}
