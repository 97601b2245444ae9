import { proxySinks, workflowInfo, type Sinks } from '@temporalio/workflow';
import type { RunSnapshot } from './contract.ts';
import type { JournalEntry } from './journal/event.ts';
import { Journal } from './journal/journal.ts';

/** Where the control worker keeps snapshots and events; called outside of history, at least once for each change. */
interface RecordSinks extends Sinks {
  readonly record: { keep(snapshot: RunSnapshot): void; append(entry: JournalEntry): void };
}

/** What a run tells of itself: its latest snapshot, and an event for each change of it. */
export class Telling {
  readonly journal = new Journal();
  private readonly look: () => RunSnapshot;
  private readonly sinks = proxySinks<RecordSinks>();
  private shown: RunSnapshot | null = null;
  private isDue = false;

  constructor(look: () => RunSnapshot) {
    this.look = look;
  }

  /** Many changes of one turn are told as one event and one snapshot. */
  changed(): void {
    if (this.isDue) return;
    this.isDue = true;
    void Promise.resolve().then(() => this.tell());
  }

  /** All that changed so far, and how many events tell of it. */
  snapshot(): RunSnapshot {
    this.tell();
    return { ...(this.shown ?? this.look()), journal: this.journal.mark };
  }

  /** Does nothing unless something changed: a query, which asks for the snapshot too, may change nothing. */
  private tell(): void {
    if (!this.isDue) return;
    this.isDue = false;
    const now = this.look();
    const entry = this.journal.append(this.shown, now);
    if (entry === null) return;
    this.shown = now;
    this.sinks.record.append(entry);
    // The worker drops what is told here in a replay; to hand all these snapshots over takes longer than the replay.
    if (!workflowInfo().unsafe.isReplayingHistoryEvents) this.sinks.record.keep(this.snapshot());
  }
}
