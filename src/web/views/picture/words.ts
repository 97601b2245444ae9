import type { Tone } from '../../../present/words.ts';
import type { Estate, NodeSeen, Standing, Thing, WorkerSeen } from './estate.ts';

/** A line of a box: what a symbol and its words say, and how it stands. */
export interface Line {
  readonly text: string;
  readonly tone: Tone | null;
}

export function standingInWords({ standing, isMoving }: Thing): string {
  return isMoving ? `${standing}, being changed now` : standing;
}

const ABSENT: Readonly<Record<Exclude<Standing, 'there'>, Line>> = {
  'to come': { text: '· to come', tone: 'quiet' },
  'not there': { text: '– not there', tone: 'asks' },
  'not known': { text: '? not known', tone: 'quiet' },
};

/** How a thing stands: as `there` says it, where it is. */
function stateOf(thing: Thing, there: Line): Line {
  if (thing.isMoving) return { text: '» being changed now', tone: 'moves' };
  return thing.standing === 'there' ? there : ABSENT[thing.standing];
}

export function listenerLines({ listener, group }: Estate): readonly Line[] {
  const on: Line = listener.isOnline
    ? { text: '✔ online', tone: 'good' }
    : { text: '✖ no address online', tone: 'bad' };
  return [plain(listener.name), plain(`of the group ${group.name}`), stateOf(listener, on)];
}

export function roleLines({ role }: Estate): readonly Line[] {
  const state = role.state === null ? '' : `, ${role.state}`;
  return [plain(role.name), stateOf(role, { text: `✔ on ${role.owner ?? '?'}${state}`, tone: 'good' })];
}

export function witnessLines(witness: NonNullable<Estate['witness']>): readonly Line[] {
  const on: Line = witness.isOnline ? { text: '✔ online', tone: 'good' } : { text: '✖ offline', tone: 'bad' };
  return [plain(witness.name), stateOf(witness, on)];
}

export function nodeLines(node: NodeSeen, workers: number): readonly Line[] {
  return [nodeState(node), votesOf(node), copyOf(node), masterOf(node), trustOf(node, workers)];
}

function nodeState(node: NodeSeen): Line {
  if (node.isRestarting) return { text: '↻ restarting', tone: 'moves' };
  if (node.standing === 'to come') return { text: '· in no cluster yet', tone: 'quiet' };
  if (node.standing === 'not there') return { text: '– in no cluster', tone: 'asks' };
  const isUp = node.state?.toLowerCase() === 'up';
  return stateOf(
    node,
    isUp ? { text: '✔ up', tone: 'good' } : { text: `✖ ${node.state ?? ''}`, tone: 'bad' },
  );
}

function votesOf({ votes, standing }: NodeSeen): Line {
  if (standing === 'to come' || standing === 'not there') return { text: '– no vote', tone: 'quiet' };
  if (votes === null) return { text: '? vote not known', tone: 'quiet' };
  return votes > 0 ? plain(`● ${votes} vote${votes === 1 ? '' : 's'}`) : { text: '○ no vote', tone: 'asks' };
}

/** Source: *sys.dm_hadr_database_replica_states*, synchronization_state_desc. */
function copyOf({ isPrimary, mode, copy }: NodeSeen): Line {
  if (isPrimary) return { text: '★ SSISDB primary', tone: 'good' };
  if (mode === null && copy === null) return { text: '? SSISDB not known', tone: 'quiet' };
  const state = copy?.state?.toLowerCase().replaceAll('_', ' ') ?? 'no copy yet';
  if (copy?.isReady) return { text: `✔ secondary, ${state}`, tone: 'good' };
  return {
    text: `· ${mode === null && copy?.state === null ? 'no replica' : 'secondary'}, ${state}`,
    tone: 'asks',
  };
}

function masterOf({ runsMaster }: NodeSeen): Line {
  if (runsMaster === null) return { text: '? Master not known', tone: 'quiet' };
  return runsMaster
    ? { text: '▶ runs the Master', tone: 'good' }
    : { text: '– Master at rest', tone: 'quiet' };
}

function trustOf({ trusts }: NodeSeen, workers: number): Line {
  if (trusts === null) return { text: '? trust not known', tone: 'quiet' };
  const tone = trusts.length >= workers ? 'good' : 'asks';
  return { text: `${tone === 'good' ? '✔' : '○'} trusts ${trusts.length} of ${workers} workers`, tone };
}

/** Whom it calls, whether it trusts that one, whether it takes tasks. */
export function workerLines(worker: WorkerSeen, wanted: string | null): readonly Line[] {
  return [workerState(worker), calledBy(worker, wanted), intakeOf(worker)];
}

function workerState(worker: WorkerSeen): Line {
  if (worker.isRestarting) return { text: '↻ restarting', tone: 'moves' };
  const trusts: Line = worker.trustsMaster
    ? { text: '✔ trusts Master', tone: 'good' }
    : { text: '✖ no trust', tone: 'bad' };
  return stateOf(worker, trusts);
}

function calledBy({ master }: WorkerSeen, wanted: string | null): Line {
  if (master === null) return { text: '', tone: null };
  const isWanted = wanted === null || master.toLowerCase() === wanted.toLowerCase();
  return isWanted ? { text: '✔ calls it', tone: 'good' } : { text: `✖ calls ${master}`, tone: 'bad' };
}

function intakeOf({ intake }: WorkerSeen): Line {
  if (intake === null) return { text: '', tone: null };
  if (!intake.isOnline) return { text: '✖ silent', tone: 'bad' };
  return intake.isEnabled ? { text: '✔ takes tasks', tone: 'good' } : { text: '○ disabled', tone: 'asks' };
}

/** Which nodes would answer it; named where they are not all. */
export function trustedInWords({ trustedBy }: WorkerSeen, nodes: readonly NodeSeen[]): Line {
  const told = nodes.filter(({ trusts }) => trusts !== null);
  const others = told.filter(({ name }) => !trustedBy.includes(name)).map(({ name }) => name);
  if (told.length === 0) return { text: '? who trusts it is not known', tone: 'quiet' };
  if (others.length === 0) return plain(`trusted by ${trustedBy.length} of ${nodes.length} nodes`);
  return { text: `○ not trusted by ${others.join(', ')}`, tone: 'asks' };
}

function plain(text: string): Line {
  return { text, tone: null };
}
