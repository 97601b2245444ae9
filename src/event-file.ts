import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EMPTY_HEAD, headAfter } from '../workflows/journal/chain.ts';
import type { JournalEntry, RunEvent } from '../workflows/journal/event.ts';

/** What of a file of events belongs together: event 1, 2, 3 and so on, as far as the lines are whole. */
interface Known {
  /** Size of the whole file in bytes; another one means that somebody else wrote. */
  readonly size: number;
  /** Of each event: the head of the chain with it, and where its line ends, in bytes. */
  readonly lines: readonly { readonly head: string; readonly end: number }[];
}

/** `anew`: the run goes on and tells it for the first time; `again`: a replay tells it. */
export type Telling = 'anew' | 'again';

interface Waiting {
  readonly entry: JournalEntry;
  readonly told: Telling;
}

/**
 * The events of one run on disk, one JSON text a line. A worker that takes the run over tells all of them
 * again: those that are there are passed over. What the one before was told and the server never took is
 * replaced, since the run went another way. Nothing is written behind a gap.
 */
export class EventFile {
  private readonly path: string;
  private known: Known | null = null;
  private readonly waiting: Waiting[] = [];
  /** Told again, and another than what is kept: the moments of a replay can differ. */
  private doubted: readonly JournalEntry[] = [];

  constructor(path: string) {
    this.path = path;
  }

  get isWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** Gives it an event for the next `write`. */
  add(entry: JournalEntry, told: Telling): void {
    this.waiting.push({ entry, told });
  }

  /** Writes all that it was given, `synced` past a loss of power; it stays waiting where the write fails. */
  async write(how: 'soon' | 'synced' = 'soon'): Promise<void> {
    const waiting = [...this.waiting];
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const handle = await open(this.path, 'a+', 0o600);
    try {
      const { size } = await handle.stat();
      if (this.known?.size !== size) this.known = knownOf(await handle.readFile());
      const { entries, doubted } = believed(this.known.lines, this.doubted, waiting);
      this.known = await appended(handle, this.known, entries);
      this.doubted = doubted;
      if (how === 'synced') await handle.sync();
    } catch (error) {
      this.known = null;
      throw error;
    } finally {
      await handle.close();
    }
    this.waiting.splice(0, waiting.length);
  }
}

/** Which entries are to be written, and which only once the run goes on behind them. */
function believed(
  lines: Known['lines'],
  before: readonly JournalEntry[],
  waiting: readonly Waiting[],
): { readonly entries: readonly JournalEntry[]; readonly doubted: readonly JournalEntry[] } {
  const heads = lines.map(({ head }) => head);
  const entries: JournalEntry[] = [];
  let doubted = [...before];
  for (const { entry, told } of waiting) {
    if (heads[entry.n - 1] === entry.head) continue;
    if (told === 'again' && !(entry.n > heads.length && follows(entry, heads[entry.n - 2]))) {
      doubted.push(entry);
      continue;
    }
    for (const each of told === 'anew' ? [...doubted, entry] : [entry]) {
      if (follows(each, heads[each.n - 2])) heads.splice(each.n - 1, heads.length, each.head);
      entries.push(each);
    }
    if (told === 'anew') doubted = [];
  }
  return { entries, doubted };
}

function follows({ head, text }: JournalEntry, last: string = EMPTY_HEAD): boolean {
  return headAfter(last, text) === head;
}

async function appended(handle: FileHandle, known: Known, entries: readonly JournalEntry[]): Promise<Known> {
  const { lines, texts } = merged(known.lines, entries);
  if (texts.length === 0) return known;
  const kept = lines[lines.length - texts.length - 1]?.end ?? 0;
  // What stands behind: lines that the run took back, or half of one that a crash left.
  if (kept < known.size) await handle.truncate(kept);
  await handle.appendFile(texts.map((text) => `${text}\n`).join(''));
  return { size: lines.at(-1)?.end ?? 0, lines };
}

/** The lines as they are to be, and the texts of those that are to be written at their end. */
function merged(
  before: Known['lines'],
  entries: readonly JournalEntry[],
): { readonly lines: Known['lines']; readonly texts: readonly string[] } {
  const lines = [...before];
  const texts: string[] = [];
  for (const { n, head, text } of entries) {
    if (lines[n - 1]?.head === head) continue;
    const last = lines[n - 2];
    if (!follows({ n, head, text }, last?.head)) continue;
    const fresh = lines.length - texts.length;
    texts.splice(Math.max(0, n - 1 - fresh));
    lines.splice(n - 1);
    texts.push(text);
    lines.push({ head, end: (last?.end ?? 0) + Buffer.byteLength(text) + 1 });
  }
  return { lines, texts };
}

function knownOf(content: Buffer): Known {
  const lines: { head: string; end: number }[] = [];
  let end = 0;
  for (const { text } of wholeLines(content.toString('utf8'))) {
    end += Buffer.byteLength(text) + 1;
    lines.push({ head: headAfter(lines.at(-1)?.head ?? EMPTY_HEAD, text), end });
  }
  return { size: content.length, lines };
}

/** The events that are kept in a file, as far as they are whole; none where there is no file. */
export async function readEvents(path: string): Promise<readonly RunEvent[]> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  return wholeLines(content).map(({ event }) => event);
}

/** The lines of a file from the event numbered `first` on, as far as they are whole and follow each other. */
export function wholeLines(
  content: string,
  first = 1,
): readonly { readonly text: string; readonly event: RunEvent }[] {
  const texts = content.split('\n').slice(0, -1);
  const lines = texts.map((text, at) => ({ text, event: eventOf(text, first + at) }));
  const broken = lines.findIndex(({ event }) => event === null);
  const whole = broken < 0 ? lines : lines.slice(0, broken);
  return whole.flatMap(({ text, event }) => (event === null ? [] : [{ text, event }]));
}

function eventOf(text: string, n: number): RunEvent | null {
  try {
    const event = JSON.parse(text) as Partial<RunEvent> | null;
    return event?.n === n ? (event as RunEvent) : null;
  } catch {
    return null;
  }
}
