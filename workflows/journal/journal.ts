import type { JournalMark, RunSnapshot } from '../contract.ts';
import { EMPTY_HEAD, headAfter } from './chain.ts';
import { changeBetween } from './changes.ts';
import type { JournalEntry, JournalPage, RunEvent } from './event.ts';

/** Temporal refuses an answer of more than 2 MB. Source: *Temporal Platform limits*, "Payloads". */
const PAGE_CHARACTERS = 250_000;

/** What happened in one run: an event for each snapshot that differs from the one before, in a chain. */
export class Journal {
  private readonly events: RunEvent[] = [];
  /** Of each event, in the order of the events. */
  private readonly entries: JournalEntry[] = [];

  /** How far it goes. */
  get mark(): JournalMark {
    return { events: this.entries.length, head: this.headAt(this.entries.length) };
  }

  /** Appends what changed; null where nothing did. */
  append(before: RunSnapshot | null, now: RunSnapshot): JournalEntry | null {
    const change = changeBetween(before, now);
    if (change === null) return null;
    const n = this.events.length + 1;
    const event: RunEvent = { n, at: new Date().toISOString(), ...change };
    const text = JSON.stringify(event);
    const entry = { n, head: headAfter(this.headAt(n - 1), text), text };
    this.events.push(event);
    this.entries.push(entry);
    return entry;
  }

  /** Events from the one numbered `from` on: at least one, where there is one, and no more than an answer can hold. */
  page(from: number): JournalPage {
    const first = Math.min(Math.max(1, Math.trunc(from) || 1), this.entries.length + 1);
    let room = PAGE_CHARACTERS;
    let after = first - 1;
    for (const { text } of this.entries.slice(first - 1)) {
      room -= text.length;
      if (room < 0 && after >= first) break;
      after += 1;
    }
    const { events: count, head } = this.mark;
    return { before: this.headAt(first - 1), events: this.events.slice(first - 1, after), count, head };
  }

  private headAt(n: number): string {
    return this.entries[n - 1]?.head ?? EMPTY_HEAD;
  }
}
