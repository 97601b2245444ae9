import type { Replaced } from '../views/changed-parts.ts';
import { sayTrouble } from './banner.ts';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Hears what changes of a page, for as long as whoever looks at it may. Each connection begins with all that there is
 * to see.
 */
export class LiveConnection {
  private readonly address: string;
  private readonly replace: (replaced: Replaced) => void;
  private events: EventSource | null = null;
  private attempt = new AbortController();
  private failures = 0;
  private isOver = false;

  constructor(address: string, replace: (replaced: Replaced) => void) {
    this.address = address;
    this.replace = replace;
  }

  open(): void {
    this.close();
    if (this.isOver) return;
    const events = new EventSource(this.address);
    this.events = events;
    events.addEventListener('open', () => {
      this.failures = 0;
      sayTrouble({ connection: '' });
    });
    events.addEventListener('replace', ({ data }: MessageEvent<string>) =>
      this.replace(JSON.parse(data) as Replaced),
    );
    events.addEventListener('trouble', ({ data }: MessageEvent<string>) =>
      sayTrouble({ server: JSON.parse(data) as string }),
    );
    events.addEventListener('over', () => {
      this.isOver = true;
      this.close();
    });
    events.addEventListener('error', () => {
      sayTrouble({ connection: 'The connection is lost; trying again. What is shown may be old.' });
      // A browser tries again by itself where nobody answered, and never where a proxy said that nobody is there.
      if (events.readyState === EventSource.CLOSED) void this.openLater();
    });
  }

  close(): void {
    this.events?.close();
    this.events = null;
    this.attempt.abort();
  }

  private async openLater(): Promise<void> {
    this.attempt = new AbortController();
    const { signal } = this.attempt;
    for (;;) {
      await pause(Math.min(FIRST_PAUSE_MS * 2 ** this.failures, LONGEST_PAUSE_MS));
      this.failures += 1;
      if (signal.aborted) return;
      const found = await find(this.address, signal);
      if (signal.aborted) return;
      if (found === 'there') return this.open();
      if (found === 'not for us')
        return sayTrouble({ connection: 'The page is not live any more: load it again.' });
    }
  }
}

/** An event source does not tell why it was refused. A way that leads elsewhere leads to a sign-in. */
async function find(address: string, signal: AbortSignal): Promise<'there' | 'not for us' | 'not there'> {
  const enough = new AbortController();
  try {
    const { status, type } = await fetch(address, {
      headers: { Accept: 'text/event-stream' },
      redirect: 'manual',
      signal: AbortSignal.any([signal, enough.signal]),
    });
    if (type === 'opaqueredirect' || status === 401 || status === 403) return 'not for us';
    return status === 200 ? 'there' : 'not there';
  } catch {
    return 'not there';
  } finally {
    enough.abort();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
