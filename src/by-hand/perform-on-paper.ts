import { TransientError } from '../../activities/failures.ts';
import type { ApplyContext, LookContext } from '../../activities/step-spec.ts';
import type { Step } from '../../activities/step.ts';
import type { Json, Look, PlannedStep } from '../../workflows/contract.ts';
import type { PaperEstate } from './paper-estate.ts';
import { keyOf, Recording, type Call } from './recording.ts';

/** What a step is told of the run that it belongs to. */
export interface PaperContext extends LookContext {
  readonly journal: string;
}

/** What one step looked at and changed on an estate of paper. */
export interface Performed {
  readonly before: Look;
  readonly looks: readonly Call[];
  /** Looks and changes of its change, in order; empty where it was in place. */
  readonly work: readonly Call[];
  readonly after: Look;
  readonly looksAfter: readonly Call[];
  /** A restart of its host pended on the way. */
  readonly restarted: boolean;
  readonly context: PaperContext;
}

/** Work that goes on by itself is over soon on paper: so often is it asked for. */
const TRIES = 60;

/** Performs one step as the run would, and asks nobody. Throws what the step throws where it cannot be performed. */
export async function performOnPaper(
  estate: PaperEstate,
  { step, planned }: { readonly step: Step; readonly planned: PlannedStep },
  context: PaperContext,
): Promise<Performed> {
  const on = new OnHost(estate, step, planned, context);
  const first = await on.look();
  const { before, work } =
    first.look.shortfall.length > 0 && step.kind === 'change'
      ? { before: first, work: await on.change(first.look.observed) }
      : { before: first, work: [] };
  const after = work.length > 0 ? await on.settled() : first;
  return {
    before: before.look,
    looks: before.calls,
    work,
    after: after.look,
    looksAfter: after.calls,
    restarted: on.restarted,
    context,
  };
}

class OnHost {
  private readonly estate: PaperEstate;
  private readonly step: Step;
  private readonly planned: PlannedStep;
  private readonly context: PaperContext;
  restarted = false;

  constructor(estate: PaperEstate, step: Step, planned: PlannedStep, context: PaperContext) {
    this.estate = estate;
    this.step = step;
    this.planned = planned;
    this.context = context;
  }

  async look(): Promise<{ readonly look: Look; readonly calls: readonly Call[] }> {
    for (let tries = 1; ; tries += 1) {
      const recording = new Recording();
      try {
        const ports = recording.around(this.estate.portsOn(this.planned.host));
        const look = await this.step.look(ports, this.planned.input, this.context);
        if (!look.restartPends || tries > TRIES) return { look, calls: recording.calls };
        await this.restart();
      } catch (error) {
        if (!(error instanceof TransientError) || tries > TRIES) throw error;
      }
    }
  }

  async change(before: Json): Promise<readonly Call[]> {
    const done: Call[] = [];
    const context: ApplyContext<Json> = { ...this.context, before };
    for (let tries = 1; ; tries += 1) {
      const recording = new Recording();
      const ports = recording.around(this.estate.portsOn(this.planned.host));
      try {
        await this.step.apply(ports, this.planned.input, context);
        return withoutRepeats([...done, ...recording.calls]);
      } catch (error) {
        if (!(error instanceof TransientError) || tries > TRIES) throw error;
        done.push(...recording.calls);
      }
    }
  }

  /** What is asked of an estate of paper holds after a few looks, or never. */
  async settled(): Promise<{ readonly look: Look; readonly calls: readonly Call[] }> {
    for (let tries = 1; ; tries += 1) {
      const seen = await this.look();
      if (seen.look.shortfall.length === 0 || tries > TRIES) return seen;
    }
  }

  private async restart(): Promise<void> {
    this.restarted = true;
    await this.estate.restart(this.planned.host);
  }
}

/** Of what a later try has asked again, the later one counts. */
function withoutRepeats(calls: readonly Call[]): readonly Call[] {
  const last = new Map(calls.map((call, at) => [keyOf(call), at]));
  return calls.filter((call, at) => call.effect === 'look' || last.get(keyOf(call)) === at);
}
