import { backUpByJobs } from './backup-jobs.ts';
import { ticks } from './build-estate.ts';
import { engineStarts } from './engine.ts';
import type { Estate } from './estate.ts';
import type { Host, Process } from './estate/host.ts';
import { backUpByOtherMeans } from './external-backups.ts';
import { nodeComesUp, nodeGoesDown } from './cluster.ts';
import { scaleOutGoesOn } from './packages.ts';
import { holdsRight, LOG_ON } from './user-rights.ts';

/** What a process that is due does to its host; registered by the chapters that start processes. */
export type Effect = (estate: Estate, host: Host, process: Process, now: number) => void;

/** What happened by itself: hosts that went down or came up since the last look. */
export interface Happened {
  readonly down: readonly string[];
  readonly up: readonly string[];
  /** How many processes came to their end, and how much Master and workers have done. */
  readonly finished: number;
}

/** Simulated minutes that a machine takes to restart. */
export const RESTART_MINUTES = 4;

/** Lets everything happen that is due. Answers what happened to whole hosts. */
export function letHappen(
  estate: Estate,
  effects: Readonly<Record<string, Effect>>,
  now: number,
  lasting: (minutes: number) => number,
): Happened {
  const down: string[] = [];
  const up: string[] = [];
  let finished = 0;
  for (const host of Object.values(estate.hosts)) {
    if (host.restartsAt !== null && host.restartsAt <= now) {
      goDown(estate, host, { now, until: host.restartsAt + lasting(RESTART_MINUTES) });
      down.push(host.name);
    }
    if (host.restartingUntil !== null && host.restartingUntil <= now) {
      comeUp(estate, host, now);
      up.push(host.name);
    }
    finished += finishProcesses(estate, host, effects, now);
  }
  finished += scaleOutGoesOn(estate, now, lasting);
  finished += backUpByOtherMeans(estate, now);
  finished += backUpByJobs(estate, now);
  return { down, up, finished };
}

/** When something next happens by itself, in milliseconds since 1970; null when nothing is under way. */
export function nextMoment(estate: Estate): number | null {
  const moments = Object.values(estate.hosts).flatMap((host) => [
    ...(host.restartsAt === null ? [] : [host.restartsAt]),
    ...(host.restartingUntil === null ? [] : [host.restartingUntil]),
    ...host.processes.map((process) => process.endsAt),
  ]);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** A host that goes down takes its processes with it, unfinished; what it was primary or owner of fails over. */
export function goDown(estate: Estate, host: Host, { now, until }: { now: number; until: number }): void {
  host.restartsAt = null;
  host.restartingUntil = until;
  host.processes = [];
  for (const service of Object.values(host.services)) service.state = 'Stopped';
  for (const instance of Object.values(host.instances)) instance.running = false;
  nodeGoesDown(estate, host, now);
}

function comeUp(estate: Estate, host: Host, now: number): void {
  host.restartingUntil = null;
  host.bootId = nextBoot(host.bootId, now);
  host.pendingRestart = [...(host.wantsRestartAtEachStart ?? [])];
  for (const [name, state] of Object.entries(host.features)) {
    if (state === 'InstallPending') host.features[name] = 'Installed';
    if (state === 'UninstallPending') host.features[name] = 'Available';
  }
  for (const service of Object.values(host.services)) {
    if (service.startMode !== 'Automatic' || !holdsRight(host, LOG_ON, service.account)) continue;
    service.state = 'Running';
    service.startedAt = now;
  }
  for (const instance of Object.values(host.instances)) engineStarts(estate, host, instance, now);
  nodeComesUp(estate, host, now);
}

function finishProcesses(
  estate: Estate,
  host: Host,
  effects: Readonly<Record<string, Effect>>,
  now: number,
): number {
  const due = host.processes.filter((process) => process.endsAt <= now);
  host.processes = host.processes.filter((process) => process.endsAt > now);
  for (const process of due) effects[process.kind]?.(estate, host, process, now);
  return due.length;
}

/** No two starts are the same one, however fast the lab goes. */
function nextBoot(before: string, now: number): string {
  const boot = ticks(now);
  return BigInt(boot) > BigInt(before) ? boot : String(BigInt(before) + 1n);
}
