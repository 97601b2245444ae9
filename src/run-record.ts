import { mkdir, open, readFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunSnapshot } from '../workflows/contract.ts';
import type { JournalEntry, RunEvent } from '../workflows/journal/event.ts';
import { OperatorError } from '../activities/failures.ts';
import { EventFile, readEvents, type Telling } from './event-file.ts';
import { EventReader } from './event-reader.ts';
import { followFile } from './follow-file.ts';
import { isOlder } from './snapshot-age.ts';

/** Runs on disk: the latest snapshot of each in `DIR/runs/<runId>`, its events in `DIR/runs/<runId>.events`. */
export interface RunRecords {
  /** The folder in which they are kept. */
  readonly directory: string;
  /**
   * Writes the snapshot soon. Snapshots that come while one is being written, or shortly after, replace each
   * other; one that is older than what is kept already is passed over.
   */
  keep(snapshot: RunSnapshot): void;
  /**
   * Appends the event soon. One that is kept already is passed over; one that went another way is replaced, but
   * by a replay alone only once the run goes on behind it: of a run that is over stays what it recorded.
   */
  append(runId: string, entry: JournalEntry, told?: Telling): void;
  /**
   * Returns when all that was given to `keep` and `append` is on disk, of this run, or of all where none is named.
   * Throws when the last write failed.
   */
  flush(runId?: string): Promise<void>;
  /** Null when there is no record of this run. Throws an OperatorError when it cannot be read. */
  read(runId: string): Promise<RunSnapshot | null>;
  /**
   * Tells each time that the record of this run was written, whoever did. Answers how to stop; null where no record
   * was ever kept.
   */
  follow(runId: string, written: () => void): (() => void) | null;
  /** The events of this run, as far as they are whole; none where none were kept. */
  events(runId: string): Promise<readonly RunEvent[]>;
  /** The events of this run for one who comes back for more of them. */
  reader(runId: string): EventReader;
  /** The runs of which there are records. */
  ids(): Promise<readonly string[]>;
  /** All that can be read, the run that started last first. */
  list(): Promise<readonly RunSnapshot[]>;
}

/** Opens the records under `directory`; nothing is made there before the first one is kept. */
export function openRunRecords(directory: string): RunRecords {
  const folder = join(directory, 'runs');
  const writers = new Map<string, RecordWriter>();
  const writerOf = (runId: string) => {
    const known = writers.get(runId);
    if (known) return known;
    // Of a run that is over nothing more is to be remembered here.
    const writer = new RecordWriter(folder, runId, () => writers.delete(runId));
    writers.set(runId, writer);
    return writer;
  };
  return {
    directory,
    keep: (snapshot) => writerOf(snapshot.runId).keep(snapshot),
    append: (runId, entry, told = 'anew') => writerOf(runId).append(entry, told),
    async flush(runId) {
      const meant = [...writers].filter(([id]) => runId === undefined || id === runId);
      await Promise.all(meant.map(([, writer]) => writer.flush()));
    },
    read: (runId) => readRecord(folder, runId),
    follow: (runId, written) => followFile(fileOf(folder, runId), written),
    events: (runId) => readEvents(eventFileOf(folder, runId)),
    reader: (runId) => new EventReader(eventFileOf(folder, runId)),
    ids: () => recordedIds(folder),
    list: () => listRecords(folder),
  };
}

/** A run changes several times a step; the disk needs no more than some writes a second. */
const BETWEEN_WRITES_MS = 50;

/** Writes one run's record and events, one write at a time. */
class RecordWriter {
  private readonly folder: string;
  private readonly runId: string;
  private readonly over: () => void;
  private known: RunSnapshot | null = null;
  private readonly events: EventFile;
  private waiting: RunSnapshot | null = null;
  private writing: Promise<void> | null = null;
  private hurry = new AbortController();
  private trouble: unknown = null;

  constructor(folder: string, runId: string, over: () => void) {
    this.folder = folder;
    this.runId = runId;
    this.over = over;
    this.events = new EventFile(eventFileOf(folder, runId));
  }

  keep(snapshot: RunSnapshot): void {
    if (this.waiting === null || !isOlder(snapshot, this.waiting)) this.waiting = snapshot;
    this.writing ??= this.writeAll();
  }

  append(entry: JournalEntry, told: Telling): void {
    this.events.add(entry, told);
    this.writing ??= this.writeAll();
  }

  async flush(): Promise<void> {
    this.hurry.abort();
    await this.writing;
    if (this.isWaiting) {
      this.writing ??= this.writeAll();
      this.hurry.abort();
      await this.writing;
    }
    if (this.trouble !== null) throw this.trouble;
  }

  private get isWaiting(): boolean {
    return this.waiting !== null || this.events.isWaiting;
  }

  /** What could not be written stays waiting, for the next change or flush. Never throws. */
  private async writeAll(): Promise<void> {
    this.hurry = new AbortController();
    const { signal } = this.hurry;
    try {
      this.known ??= await readRecord(this.folder, this.runId).catch(() => null);
      while (this.isWaiting) {
        // Events first: a snapshot names the last event that tells of it.
        if (this.events.isWaiting) await this.events.write(isOver(this.waiting) ? 'synced' : 'soon');
        if (this.waiting !== null) await this.writeSnapshot(this.waiting);
        await pause(BETWEEN_WRITES_MS, undefined, { signal }).catch(() => undefined);
      }
      this.trouble = null;
    } catch (error) {
      this.trouble = error;
    } finally {
      this.writing = null;
      if (isOver(this.known) && !this.isWaiting) this.over();
    }
  }

  private async writeSnapshot(snapshot: RunSnapshot): Promise<void> {
    if (this.known === null || !isOlder(snapshot, this.known)) {
      await writeWhole(this.folder, snapshot);
      this.known = snapshot;
    }
    if (this.waiting === snapshot) this.waiting = null;
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
    if (isOver(snapshot)) await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}

function isOver(snapshot: RunSnapshot | null): boolean {
  return snapshot !== null && snapshot.endedAt !== null;
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

async function recordedIds(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  // Their events lie beside them under names that are no ids.
  return names.filter((name) => RUN_ID.test(name));
}

async function listRecords(folder: string): Promise<readonly RunSnapshot[]> {
  const runIds = await recordedIds(folder);
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

function eventFileOf(folder: string, runId: string): string {
  return `${fileOf(folder, runId)}.events`;
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
