import type { Plan } from '../../workflows/contract.ts';
import { silenceOf, type RunClient, type RunRef, type ShownRun } from '../client.ts';
import type { Lengths } from '../client/lengths.ts';
import { Journals } from './journals.ts';
import { RecentRuns } from './recent-runs.ts';
import type { RunSight } from './views/run-sight.ts';
import type { Reads } from './views/views.ts';

/** Lengths of earlier runs change only when another run ends. */
const LENGTHS_LAST_MS = 60_000;

/** Puts together what the views show of runs, and asks for what never changes once. */
export class Sights {
  private readonly client: RunClient;
  private readonly plans = new RecentRuns<Plan>();
  private readonly journals: Journals;
  private lengths: { readonly at: number; readonly told: Promise<Lengths> } | null = null;

  constructor(client: RunClient) {
    this.client = client;
    this.journals = new Journals(client);
  }

  /** All that there is to show of a run: as it was told, or as it is now; with its journal where a view reads that. */
  async of(ref: RunRef, reads: Reads, told?: ShownRun): Promise<RunSight> {
    const { run, silence } = told === undefined ? await this.now(ref) : { run: told, silence: null };
    const [plan, lengths, events] = await Promise.all([
      this.planOf(ref, run),
      this.knownLengths(),
      reads === 'journal' ? this.journals.upTo(ref, run) : [],
    ]);
    return { run, silence, plan, lengths, events, nowMs: Date.now() };
  }

  private async now(ref: RunRef): Promise<Required<Pick<RunSight, 'run' | 'silence'>>> {
    const seen = await this.client.look(ref);
    return { run: seen.run, silence: silenceOf(seen) };
  }

  /** Null while it is being made, and where the server does not tell it. */
  private async planOf(ref: RunRef, { planHash }: ShownRun): Promise<Plan | null> {
    if (planHash === null) return null;
    const known = this.plans.get(ref.runId);
    if (known?.hash === planHash) return known;
    const plan = await this.client.plan(ref).catch(() => null);
    if (plan !== null) this.plans.keep(ref.runId, plan);
    return plan;
  }

  private knownLengths(): Promise<Lengths> {
    const now = Date.now();
    if (this.lengths === null || now - this.lengths.at > LENGTHS_LAST_MS) {
      this.lengths = { at: now, told: this.client.lengths().catch(() => ({})) };
    }
    return this.lengths.told;
  }
}
