import type { RunClient, RunRef, ShownRun } from '../client.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';
import { RecentRuns } from './recent-runs.ts';

/** The events of runs, each of which is asked for once. */
export class Journals {
  private readonly client: RunClient;
  private readonly known = new RecentRuns<readonly RunEvent[]>();

  constructor(client: RunClient) {
    this.client = client;
  }

  /** Every event that this snapshot of a run tells of; as many as are known where nobody answers. */
  async upTo(ref: RunRef, { journal }: ShownRun): Promise<readonly RunEvent[]> {
    const count = journal?.events ?? 0;
    const known = this.known.get(ref.runId) ?? [];
    const events = known.length >= count ? known : await this.more(ref, known).catch(() => known);
    this.known.keep(ref.runId, events);
    return events.length === count ? events : events.slice(0, count);
  }

  private async more(ref: RunRef, known: readonly RunEvent[]): Promise<readonly RunEvent[]> {
    const { before, events } = await this.client.journal(ref, known.length + 1);
    return before.events === known.length ? [...known, ...events] : (await this.client.journal(ref)).events;
  }
}
