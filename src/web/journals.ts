import type { RunClient, RunRef, ShownRun } from '../client.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';
import { RecentRuns } from './recent-runs.ts';

interface Known {
  readonly kept: ReturnType<RunClient['kept']>;
  /** What the run itself told, where its events are kept elsewhere. */
  readonly told: readonly RunEvent[];
}

/** The events of runs, each of which is read or asked for once. */
export class Journals {
  private readonly client: RunClient;
  private readonly known = new RecentRuns<Known>();

  constructor(client: RunClient) {
    this.client = client;
  }

  /** Every event that this snapshot of a run tells of; as many as are known where nobody answers. */
  async upTo(ref: RunRef, { journal }: ShownRun): Promise<readonly RunEvent[]> {
    if (journal === undefined) return [];
    const { kept, told } = this.known.get(ref.runId) ?? { kept: this.client.kept(ref), told: [] };
    const read = await kept.upTo(journal).catch(() => null);
    const count = journal.events;
    const asked = read === null && told.length < count ? await this.more(ref, told).catch(() => told) : told;
    this.known.keep(ref.runId, { kept, told: asked });
    return read ?? (asked.length === count ? asked : asked.slice(0, count));
  }

  private async more(ref: RunRef, known: readonly RunEvent[]): Promise<readonly RunEvent[]> {
    const { before, events } = await this.client.journal(ref, known.length + 1);
    return before.events === known.length ? [...known, ...events] : (await this.client.journal(ref)).events;
  }
}
