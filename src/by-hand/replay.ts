import { OperatorError, TransientError } from '../../activities/failures.ts';
import type { Ports } from '../../activities/ports.ts';
import type { Step } from '../../activities/step.ts';
import type { PlannedStep } from '../../workflows/contract.ts';
import { breathe } from './breath.ts';
import { NeverAsked, remembering } from './memory.ts';
import type { Performed } from './perform-on-paper.ts';
import { keyOf, type Call } from './recording.ts';
import { isSame } from './values.ts';

/** One of the three turns of a step on paper: the look before, the change, the look after. */
export type Turn = 'looks' | 'work' | 'looksAfter';

/** A step, and what it did on paper. */
export interface OnPaper {
  readonly step: Step;
  readonly planned: PlannedStep;
  readonly performed: Performed;
  readonly ports: Ports;
}

/** An answer of a turn, put in place of the one that was given. */
export interface Instead {
  readonly turn: Turn;
  /** Which call of the turn. */
  readonly at: number;
  readonly answer: unknown;
}

/** What a step makes of answers: its judgement and its calls, with nothing behind it but memory. */
export class Replay {
  readonly onPaper: OnPaper;

  constructor(onPaper: OnPaper) {
    this.onPaper = onPaper;
  }

  /** The calls of a turn if some answers were others; null where the step would not go this way any more. */
  async callsOf(turn: Turn, insteads: readonly Instead[]): Promise<readonly Call[] | null> {
    await breathe();
    try {
      return turn === 'work' ? await this.work(insteads) : await this.looked(turn, insteads);
    } catch {
      // It gives up, asks for something else, or the changed answer has another shape: it goes another way.
      return null;
    }
  }

  /**
   * What the step would say, had these been the answers of its last look: it minds them, or all is fine; `impossible`
   * where no look answers so.
   */
  async judge(insteads: readonly Instead[]): Promise<'minds' | 'fine' | 'impossible'> {
    await breathe();
    const { step, planned, performed } = this.onPaper;
    const { ports } = this.remembering('looksAfter', insteads);
    try {
      const seen = await step.look(ports, planned.input, performed.context);
      const isMinded = seen.shortfall.length > 0 || (step.kind === 'check' && seen.gate !== null);
      return isMinded ? 'minds' : 'fine';
    } catch (error) {
      const isRefused =
        error instanceof OperatorError || error instanceof TransientError || error instanceof NeverAsked;
      return isRefused ? 'minds' : 'impossible';
    }
  }

  /** What the step would change, had these been the answers of its last look; null where it would give up. */
  async mending(insteads: readonly Instead[]): Promise<readonly Call[] | null> {
    await breathe();
    const { step, planned, performed } = this.onPaper;
    try {
      const first = this.remembering('looksAfter', insteads);
      const { observed } = await step.look(first.ports, planned.input, performed.context);
      const { ports, heard } = this.remembering('work', insteads);
      await step.apply(ports, planned.input, { ...performed.context, before: observed });
      return heard.calls;
    } catch {
      return null;
    }
  }

  private async looked(turn: 'looks' | 'looksAfter', insteads: readonly Instead[]): Promise<readonly Call[]> {
    const { step, planned, performed } = this.onPaper;
    const { ports, heard } = this.remembering(turn, insteads);
    await step.look(ports, planned.input, performed.context);
    return heard.calls;
  }

  private async work(insteads: readonly Instead[]): Promise<readonly Call[]> {
    const { step, planned, performed } = this.onPaper;
    const first = this.remembering('looks', insteads);
    const { observed } = await step.look(first.ports, planned.input, performed.context);
    const { ports, heard } = this.remembering('work', insteads);
    await step.apply(ports, planned.input, { ...performed.context, before: observed });
    return heard.calls;
  }

  private remembering(turn: Turn, insteads: readonly Instead[]) {
    const { performed, ports } = this.onPaper;
    const calls = performed[turn].map((call) => {
      const instead = insteads.find((one) => one.turn === turn && isSameLook(performed[turn][one.at], call));
      return instead ? { ...call, answer: instead.answer } : call;
    });
    return remembering(calls, ports);
  }
}

/** The same question with the same answer: asked twice, it would be answered alike. */
function isSameLook(one: Call | undefined, other: Call): boolean {
  return (
    one === other || (one !== undefined && keyOf(one) === keyOf(other) && isSame(one.answer, other.answer))
  );
}
