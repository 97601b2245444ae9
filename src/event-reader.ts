import { open } from 'node:fs/promises';
import { EMPTY_HEAD, headAfter } from '../workflows/journal/chain.ts';
import type { RunEvent } from '../workflows/journal/event.ts';
import type { JournalMark } from '../workflows/contract.ts';
import { Bell } from './bell.ts';
import { wholeLines } from './event-file.ts';
import { followFile } from './follow-file.ts';

/** A run may be seen by its own answer before what happened is written; whoever writes does so within this. */
const SOON_MS = 250;

interface Line {
  readonly event: RunEvent;
  /** Head of the chain with it. */
  readonly head: string;
}

/** Reads the events of one run as its file grows, each of them once. */
export class EventReader {
  private readonly path: string;
  private lines: Line[] = [];
  /** How far the file is read, in bytes. */
  private end = 0;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * The first events of the run, so many that their chain ends with this head; null where they are not kept. Those that
   * are just being written are waited for.
   */
  async upTo(mark: JournalMark): Promise<readonly RunEvent[] | null> {
    const events = await this.read(mark);
    return events === null && this.lines.length > 0 ? this.readOnceWritten(mark) : events;
  }

  private async readOnceWritten(mark: JournalMark): Promise<readonly RunEvent[] | null> {
    const written = new Bell();
    const leave = followFile(this.path, written.ring);
    const latest = Date.now() + SOON_MS;
    try {
      for (;;) {
        const events = await this.read(mark);
        const left = latest - Date.now();
        if (events !== null || left <= 0) return events;
        await written.heard(left);
      }
    } finally {
      leave?.();
    }
  }

  private async read({ events, head }: JournalMark): Promise<readonly RunEvent[] | null> {
    const isThere = () => events === 0 || this.lines[events - 1]?.head === head;
    if (!isThere()) await this.readOn();
    if (!isThere()) {
      // Lines that were read may have been taken back since, by a worker that took the run over.
      this.lines = [];
      this.end = 0;
      await this.readOn();
    }
    return isThere() ? this.lines.slice(0, events).map(({ event }) => event) : null;
  }

  private async readOn(): Promise<void> {
    const content = await contentFrom(this.path, this.end);
    for (const { text, event } of wholeLines(content, this.lines.length + 1)) {
      this.lines.push({ event, head: headAfter(this.lines.at(-1)?.head ?? EMPTY_HEAD, text) });
      this.end += Buffer.byteLength(text) + 1;
    }
  }
}

async function contentFrom(path: string, start: number): Promise<string> {
  const handle = await open(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (handle === null) return '';
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.max(0, size - start));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
