/** How bad tries at one door are slowed down. */
interface Pace {
  /** So many wrong tries cost nothing: people mistype. */
  readonly free: number;
  /** The delay doubles with each further one, up to this. */
  readonly longestSeconds: number;
}

/**
 * Doors at which tries are counted. A browser in which somebody has signed in before has a door of its own, so
 * that bad tries of others at the same name, or from the same address, keep nobody out who has been here. Who
 * has not shares one with whoever else tries that name from the same network, and a wide one with all networks: who
 * guesses from elsewhere is slowed down by the narrow one, and leaves the wide one free most of the time. What comes
 * too early does not count: bad tries of others cannot lock anybody out for ever.
 *
 * Source: OWASP, *Slow Down Online Guessing Attacks with Device Cookies*.
 */
const PACES = {
  'name from address': { free: 4, longestSeconds: 60 },
  name: { free: 30, longestSeconds: 10 },
  address: { free: 10, longestSeconds: 300 },
  device: { free: 4, longestSeconds: 300 },
} as const satisfies Readonly<Record<string, Pace>>;

/** A name, an address, both together, or a browser that is known. */
export type Door = readonly [kind: keyof typeof PACES, which: string];

interface Tries {
  readonly wrong: number;
  /** In milliseconds. */
  readonly lastAt: number;
}

const FORGOTTEN_AFTER_MS = 3_600_000;
/** What strangers can make this process keep. */
const MOST_DOORS = 10_000;

/** Slows down whoever guesses. Kept in memory: a restart forgets, and costs a guesser more than it gives. */
export class SlowDown {
  private readonly doors = new Map<string, Tries>();
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /** Of the doors that are kept. */
  get size(): number {
    return this.doors.size;
  }

  /**
   * Begins a try: answers 0, or the seconds after which it may be begun. It counts as wrong until `forgive`, so
   * that many at once gain nothing; one that comes too early does not count.
   */
  begin(doors: readonly Door[]): number {
    const waits = Math.max(...doors.map((door) => this.waitSeconds(door)));
    if (waits > 0) return waits;
    for (const door of doors) this.note(door, (this.known(door)?.wrong ?? 0) + 1);
    return 0;
  }

  /** The try was right. What others share keeps its count but for this try. */
  forgive(doors: readonly Door[]): void {
    const isShared = ([kind]: Door) => kind === 'address' || kind === 'name';
    this.takeBack(doors.filter(isShared));
    for (const door of doors) if (!isShared(door)) this.doors.delete(keyOf(door));
  }

  /** The try was not made: nobody looked whether it was right. */
  takeBack(doors: readonly Door[]): void {
    for (const door of doors) {
      const wrong = (this.known(door)?.wrong ?? 1) - 1;
      if (wrong === 0) this.doors.delete(keyOf(door));
      else this.note(door, wrong);
    }
  }

  private waitSeconds(door: Door): number {
    const tries = this.known(door);
    const pace = PACES[door[0]];
    if (tries === null || tries.wrong < pace.free) return 0;
    const delay = Math.min(2 ** Math.min(tries.wrong - pace.free, 20), pace.longestSeconds);
    return Math.max(0, Math.ceil((tries.lastAt + delay * 1000 - this.now()) / 1000));
  }

  private known(door: Door): Tries | null {
    const tries = this.doors.get(keyOf(door));
    return tries === undefined || this.now() - tries.lastAt > FORGOTTEN_AFTER_MS ? null : tries;
  }

  /** The one that was left alone longest goes first. */
  private note(door: Door, wrong: number): void {
    const key = keyOf(door);
    this.doors.delete(key);
    this.doors.set(key, { wrong, lastAt: this.now() });
    const [oldest] = this.doors.keys();
    if (this.doors.size > MOST_DOORS && oldest !== undefined) this.doors.delete(oldest);
  }
}

function keyOf([kind, which]: Door): string {
  return `${kind} ${which}`;
}
