import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';

/** What `ssis-ha up` tells when all is ready, and keeps in its folder while it runs. */
export interface UpState {
  readonly temporalAddress: string;
  readonly temporalUi: string;
  /** Address of the control room; null where none was asked for. */
  readonly controlRoom: string | null;
  /** Path of the site file, as `start` takes it; null without one. */
  readonly site: string | null;
  readonly processes: {
    readonly server: number | null;
    readonly lab: number | null;
    readonly control: number | null;
    readonly controlRoom: number | null;
    readonly agents: Readonly<Record<string, number | null>>;
  };
}

const FILE = 'up.json';

export function writeUpState(directory: string, state: UpState, keeper: number): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify({ ...state, keeper })}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** What the folder's `up` told last, with processes that are gone as null; null when none ever ran there. */
export function readUpState(directory: string): (UpState & { readonly keeper: number | null }) | null {
  const file = join(directory, FILE);
  let parsed: UpState & { keeper: number };
  let writtenAt: number;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8')) as UpState & { keeper: number };
    writtenAt = statSync(file).mtimeMs;
  } catch {
    return null;
  }
  // After a restart of the machine the same ids belong to other programs.
  const alive = writtenAt < Date.now() - uptime() * 1000 ? () => null : aliveNow;
  const { server, lab, control, controlRoom, agents } = parsed.processes;
  return {
    ...parsed,
    keeper: alive(parsed.keeper),
    processes: {
      server: alive(server),
      lab: alive(lab),
      control: alive(control),
      controlRoom: alive(controlRoom),
      agents: Object.fromEntries(Object.entries(agents).map(([host, pid]) => [host, alive(pid)])),
    },
  };
}

function aliveNow(pid: number | null): number | null {
  if (pid === null) return null;
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return null;
  }
}
