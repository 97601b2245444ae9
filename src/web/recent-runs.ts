/** More runs than people look at together. */
const REMEMBERED_RUNS = 20;

/** Something known of runs, by their ids; the one that was kept longest ago is forgotten first. */
export class RecentRuns<Known> {
  private readonly known = new Map<string, Known>();

  get(runId: string): Known | undefined {
    return this.known.get(runId);
  }

  keep(runId: string, known: Known): void {
    this.known.delete(runId);
    this.known.set(runId, known);
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED_RUNS && oldest !== undefined) this.known.delete(oldest);
  }
}
