import { mkdir, open, readFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSnapshot } from '../workflows/contract.ts';
import { OperatorError } from '../activities/failures.ts';
import { isOlder } from './snapshot-age.ts';

/** Snapshots of runs on disk, one file a run: `DIR/runs/<runId>`. */
export interface RunRecords {
  /**
   * Writes the snapshot soon. Snapshots that come while one is being written replace each other; one that
   * is older than what is kept already is passed over.
   */
  keep(snapshot: RunSnapshot): void;
  /** Returns when all that was given to `keep` is on disk. Throws when the last write failed. */
  flush(): Promise<void>;
  /** Null when there is no record of this run. Throws an OperatorError when it cannot be read. */
  read(runId: string): Promise<RunSnapshot | null>;
  /** All that can be read, the run that started last first. */
  list(): Promise<readonly RunSnapshot[]>;
}

/** Opens the records under `directory`; nothing is made there before the first one is kept. */
export function openRunRecords(directory: string): RunRecords {
  const folder = join(directory, 'runs');
  const writers = new Map<string, RecordWriter>();
  return {
    keep(snapshot) {
      const writer = writers.get(snapshot.runId) ?? new RecordWriter(folder, snapshot.runId);
      writers.set(snapshot.runId, writer);
      writer.keep(snapshot);
    },
    async flush() {
      await Promise.all([...writers.values()].map((writer) => writer.flush()));
    },
    read: (runId) => readRecord(folder, runId),
    list: () => listRecords(folder),
  };
}

/** Writes one run's record, one write at a time. */
class RecordWriter {
  private readonly folder: string;
  private readonly runId: string;
  private known: RunSnapshot | null = null;
  private waiting: RunSnapshot | null = null;
  private writing: Promise<void> | null = null;
  private trouble: unknown = null;

  constructor(folder: string, runId: string) {
    this.folder = folder;
    this.runId = runId;
  }

  keep(snapshot: RunSnapshot): void {
    if (this.waiting === null || !isOlder(snapshot, this.waiting)) this.waiting = snapshot;
    this.writing ??= this.writeAll();
  }

  async flush(): Promise<void> {
    await this.writing;
    if (this.waiting !== null) {
      this.writing = this.writeAll();
      await this.writing;
    }
    if (this.trouble !== null) throw this.trouble;
  }

  /** What could not be written stays waiting, for the next change or flush. Never throws. */
  private async writeAll(): Promise<void> {
    try {
      this.known ??= await readRecord(this.folder, this.runId).catch(() => null);
      while (this.waiting !== null) {
        const snapshot = this.waiting;
        if (this.known === null || !isOlder(snapshot, this.known)) {
          await writeWhole(this.folder, snapshot);
          this.known = snapshot;
        }
        if (this.waiting === snapshot) this.waiting = null;
      }
      this.trouble = null;
    } catch (error) {
      this.trouble = error;
    } finally {
      this.writing = null;
    }
  }
}

/** A new file that takes the old one's place: a reader finds one or the other, never half of one. */
async function writeWhole(folder: string, snapshot: RunSnapshot): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = fileOf(folder, snapshot.runId);
  const fresh = join(folder, `.${snapshot.runId}.${process.pid}.new`);
  const handle = await open(fresh, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(snapshot)}\n`);
    // The last word of a run has nothing after it that would mend a loss of power.
    if (snapshot.endedAt !== null) await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}

async function readRecord(folder: string, runId: string): Promise<RunSnapshot | null> {
  const file = fileOf(folder, runId);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const snapshot = parsed(text);
  if (snapshot !== null) return snapshot;
  throw new OperatorError(
    `${file} holds no record of a run`,
    'Move it away; the control worker writes it anew at the next change of the run.',
  );
}

async function listRecords(folder: string): Promise<readonly RunSnapshot[]> {
  const names = await readdir(folder).catch(() => []);
  const runIds = names.filter((name) => RUN_ID.test(name));
  const read = await Promise.all(runIds.map((runId) => readRecord(folder, runId).catch(() => null)));
  return read
    .filter((snapshot) => snapshot !== null)
    .toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
}

const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9-]*$/;

function fileOf(folder: string, runId: string): string {
  if (RUN_ID.test(runId)) return join(folder, runId);
  throw new OperatorError(`"${runId}" is not the id of a run`, 'Look it up with "ssis-ha list".');
}

function parsed(text: string): RunSnapshot | null {
  try {
    const document = JSON.parse(text) as Partial<RunSnapshot> | null;
    const isRecord =
      document?.version === 1 && Array.isArray(document.steps) && Array.isArray(document.questions);
    return isRecord ? (document as RunSnapshot) : null;
  } catch {
    return null;
  }
}
