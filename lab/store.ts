import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from './faults.ts';
import type { Estate } from './model/estate.ts';
import type { Spoilt } from './scenarios/spoiling.ts';

/** What was done to the estate, one entry a call. */
export interface LedgerEntry {
  readonly seq: number;
  readonly at: string;
  readonly host: string;
  readonly script: string;
  /** The account, thumbprint, database, file or object meant. */
  readonly target: string;
  readonly outcome: 'read' | 'changed' | 'unchanged' | 'refused';
}

/** Everything that outlives the lab's process. */
export interface LabState {
  estate: Estate;
  faults: Fault[];
  /** What was put amiss on purpose, and what it takes to remove the cause. */
  scenarios?: { name: string; spoilt: Spoilt[] }[];
  seq: number;
  /** Answers of calls that changed something, so that a shell which asks again after a crash gets the same. */
  answered: Record<string, unknown>;
  /** The entry that goes with this very state; completes the ledger after a crash between the two writes. */
  lastEntry: LedgerEntry | null;
  /** Port for shells and for `lab show`, kept from start to start. */
  port: number;
  pace: number;
  subnet: string;
  /** Address of the site → loopback address. */
  loopback: Record<string, string>;
}

const ANSWERS_KEPT = 200;

/** Where what the lab knows outlives its process. */
export interface Shelf {
  /** Null where nothing was kept yet. */
  readonly state: LabState | null;
  readonly ledger: readonly LedgerEntry[];
  /** Takes the place of what was kept before. */
  readonly keep: (state: LabState) => void;
  readonly append: (entry: LedgerEntry) => void;
}

/** The state in one file, replaced whole at each change, and the ledger beside it. */
export function shelfIn(directory: string): Shelf {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const stateFile = join(directory, 'estate.json');
  const ledgerFile = join(directory, 'ledger.jsonl');
  return {
    state: existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as LabState) : null,
    ledger: readLedger(ledgerFile),
    keep(state) {
      // A kill leaves the old one or the new one.
      const fresh = `${stateFile}.new`;
      writeFileSync(fresh, JSON.stringify(state), { mode: 0o600 });
      renameSync(fresh, stateFile);
    },
    append(entry) {
      appendFileSync(ledgerFile, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    },
  };
}

/** What the lab knows, and what was done to it. */
export class Store {
  readonly state: LabState;
  private readonly shelf: Shelf;
  private readonly entries: LedgerEntry[];

  constructor(shelf: Shelf, fresh: () => LabState) {
    this.shelf = shelf;
    this.entries = [...shelf.ledger];
    this.state = shelf.state ?? fresh();
    const { lastEntry } = this.state;
    const last = () => this.ledger.at(-1)?.seq ?? 0;
    if (lastEntry && lastEntry.seq > last()) this.append(lastEntry);
    this.state.seq = Math.max(this.state.seq, last());
  }

  get ledger(): readonly LedgerEntry[] {
    return this.entries;
  }

  /** Notes a call that left the estate as it was. */
  note(entry: Omit<LedgerEntry, 'seq' | 'at'>): void {
    this.append(this.entryOf(entry));
  }

  /** Keeps a changed estate and the entry that tells of it, as one. */
  commit(entry: Omit<LedgerEntry, 'seq' | 'at'>, call: string | null = null, answer: unknown = null): void {
    const whole = this.entryOf(entry);
    this.state.lastEntry = whole;
    if (call !== null) this.remember(call, answer);
    this.save();
    this.append(whole);
  }

  save(): void {
    this.shelf.keep(this.state);
  }

  private entryOf(entry: Omit<LedgerEntry, 'seq' | 'at'>): LedgerEntry {
    return { seq: (this.state.seq += 1), at: new Date().toISOString(), ...entry };
  }

  private append(entry: LedgerEntry): void {
    this.entries.push(entry);
    this.shelf.append(entry);
  }

  private remember(call: string, answer: unknown): void {
    this.state.answered[call] = answer;
    for (const old of Object.keys(this.state.answered).slice(0, -ANSWERS_KEPT))
      delete this.state.answered[old];
  }
}

/** A kill in the middle of an append leaves half a line, which is dropped. */
function readLedger(file: string): LedgerEntry[] {
  if (!existsSync(file)) return [];
  const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const entries = whole.flatMap((line) => {
    try {
      return [JSON.parse(line) as LedgerEntry];
    } catch {
      return [];
    }
  });
  writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { mode: 0o600 });
  return entries;
}
