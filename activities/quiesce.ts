import { z } from 'zod';
import { roadToEngine, type EngineAccess } from './engine-road.ts';
import { OperatorError, TransientError } from './failures.ts';
import { primaryTarget, replicasOf, type Replicas } from './primary.ts';
import type { Ports } from './ports.ts';
import type { PowerShellResult, SqlResult } from './scripts/index.ts';
import type { Site } from './site.ts';

/** Where the catalog may be, and how long its packages are waited for. */
export interface Quiesce extends EngineAccess, Replicas {
  readonly drainPackagesMinutes: number;
}

/** Names the try that waits: a person who lets the same thing start anew has seen what was still running. */
export interface Attempt {
  /** The run and the step, or whatever else tells one wait from another. */
  readonly of: string;
  /** How often a person has let it start anew, from 1. */
  readonly tries: number;
}

/** For a step's `takes`: what waiting for running packages needs to know of the site. */
export function quiesceOf(site: Site): Quiesce & { readonly nodes: string[] } {
  return {
    ...replicasOf(site),
    instance: site.instance.name,
    verifies: site.tls.verify,
    drainPackagesMinutes: site.restarts.drainPackagesMinutes,
  };
}

/**
 * Returns once no package runs, pends or stops in the catalog, and at once where there is no catalog yet.
 * Needed before anything that interrupts an engine or the availability group: the start of the catalog marks
 * executions of Scale Out as ended unexpectedly while their worker carries on, and a caller that tries again
 * loads twice. The tool starts nothing again.
 *
 * Throws a TransientError that names what still runs, and once the site's patience is over an OperatorError:
 * who retries then accepts that these very executions are interrupted.
 *
 * Source: SSISDB, text of `catalog.startup` and `catalog.executions`; domain facts, C9, *Running packages*.
 */
export async function quiesceCatalog(ports: Ports, quiesce: Quiesce, attempt: Attempt): Promise<void> {
  const running = await runningExecutions(ports, quiesce);
  const wait = running.length === 0 ? null : await waitOf(ports, attempt);
  const unaccepted = running.filter(({ id }) => !wait?.accepted.includes(id));
  if (wait === null || unaccepted.length === 0) {
    await ports.powershell.run('removeNote', { name: NOTE });
    return;
  }
  const named = unaccepted.slice(0, NAMED_AT_MOST).map(inWords).join('; ');
  const told = `${unaccepted.length} packages are running: ${named}`;
  const waitedMinutes = (ports.clock.now().getTime() - wait.sinceMs) / 60_000;
  if (waitedMinutes < quiesce.drainPackagesMinutes) throw new TransientError(told, 'busy');
  await keep(ports, { ...wait, offered: running.map(({ id }) => id) });
  throw new OperatorError(
    `After ${quiesce.drainPackagesMinutes} minutes ${told}. Interrupted, they are marked as ended unexpectedly while their worker carries on.`,
    'Wait for their end or stop them, then retry; whoever retries while they run accepts that they are interrupted.',
  );
}

type Execution = SqlResult<'getRunningExecutions'>['executions'][number];

/**
 * An engine that nobody can reach yet is asked by its own host: it may be other people's, with an SSISDB at work.
 * A secondary sends on to the primary.
 */
async function runningExecutions(ports: Ports, quiesce: Quiesce): Promise<readonly Execution[]> {
  const road = await roadToEngine(ports, quiesce);
  if (road === 'not reachable yet')
    return (await ports.powershell.run('getLocalExecutions', { instance: quiesce.instance })).executions;
  if (road !== 'open') return [];
  const { catalog, executions } = await ports.sql.run('getRunningExecutions', {});
  if (catalog !== 'elsewhere') return executions;
  const primary = await primaryTarget(ports, quiesce);
  return (await ports.sql.run('getRunningExecutions', {}, primary)).executions;
}

const waitSchema = z.strictObject({
  of: z.string(),
  tries: z.number(),
  sinceMs: z.number(),
  /** Executions that a person was shown, and lets be interrupted. */
  accepted: z.array(z.number()),
  /** Executions that a person is being shown. */
  offered: z.array(z.number()),
});

type Wait = z.output<typeof waitSchema>;

/** Kept on the host, since a wait outlives any one call; the same try never accepts what it has offered. */
async function waitOf(ports: Ports, { of, tries }: Attempt): Promise<Wait> {
  const kept = readWait(await ports.powershell.run('getNote', { name: NOTE }));
  if (kept?.of === of && kept.tries === tries) return kept;
  const goesOn = kept?.of === of && kept.tries < tries ? kept : null;
  const wait: Wait = {
    of,
    tries,
    sinceMs: goesOn && goesOn.offered.length === 0 ? goesOn.sinceMs : ports.clock.now().getTime(),
    accepted: goesOn ? goesOn.offered : [],
    offered: [],
  };
  await keep(ports, wait);
  return wait;
}

function readWait({ text }: PowerShellResult<'getNote'>): Wait | null {
  return text === null ? null : waitSchema.parse(JSON.parse(text));
}

async function keep({ powershell }: Ports, wait: Wait): Promise<void> {
  await powershell.run('keepNote', { name: NOTE, text: JSON.stringify(wait) });
}

function inWords({ id, package: name, startedAt, machine }: Execution): string {
  const since = startedAt === null ? '' : ` since ${startedAt}`;
  return `${id} ${name}${since}${machine === null ? '' : ` on ${machine}`}`;
}

const NOTE = 'waits-for-packages';
const NAMED_AT_MOST = 10;
