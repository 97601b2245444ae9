import type { Asked } from './asked.ts';
import { consentSoFar, needsFor } from './consent.ts';
import type { Consent, NeedSoFar, PlannedStep, Question, Verdict } from './contract.ts';

interface Kept {
  readonly question: Question;
  /** When what it asks about would begin, where that waits for a window. */
  readonly opensAt: string | null;
}

/** The questions of a run that wait for people, and the answers as they came. */
export class OpenQuestions {
  private readonly open = new Map<string, Kept>();
  private readonly answers = new Map<string, Verdict>();
  private asked = 0;

  get all(): readonly Question[] {
    return [...this.open.values()].map(({ question }) => question);
  }

  /** Puts a question under the rules of the site; answers its id. */
  put(step: PlannedStep, asked: Asked<Verdict>, consent: Consent, ticket: string | null): string {
    const { kinds = [], window = null, lastsMs, ...rest } = asked;
    const id = `${step.key}/${(this.asked += 1)}`;
    const now = Date.now();
    const question: Question = {
      id,
      stepKey: step.key,
      ...rest,
      kinds,
      needs: consentSoFar(needsFor(kinds, consent), [], consent),
      ticket,
      window: window?.inWords ?? null,
      askedAt: new Date(now).toISOString(),
      expiresAt: lastsMs === undefined ? null : new Date(now + lastsMs).toISOString(),
    };
    this.open.set(id, { question, opensAt: window?.opensAt ?? null });
    return id;
  }

  find(id: string): Question | undefined {
    return this.open.get(id)?.question;
  }

  opensAt(id: string): string | null {
    return this.open.get(id)?.opensAt ?? null;
  }

  agree(id: string, needs: readonly NeedSoFar[]): void {
    const kept = this.open.get(id);
    if (kept) this.open.set(id, { ...kept, question: { ...kept.question, needs } });
  }

  settle(id: string, verdict: Verdict): void {
    this.answers.set(id, verdict);
  }

  answerTo(id: string): Verdict | undefined {
    return this.answers.get(id);
  }

  close(id: string): void {
    this.open.delete(id);
  }
}
