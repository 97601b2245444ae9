import { condition } from '@temporalio/workflow';
import type {
  About,
  Decision,
  EndRequest,
  Interrupted,
  PlannedStep,
  Question,
  SignalledDecision,
  UpdatedDecision,
  Verdict,
} from './contract.ts';

/** What a person is asked. The answer's type is the list of what is offered. */
export interface Asked<Offer extends Verdict> {
  readonly about: About;
  readonly offers: readonly Offer[];
  readonly interrupts: readonly Interrupted[];
  readonly seen: readonly string[];
}

interface Circumstances {
  readonly planHash: () => string | null;
  readonly startedBy: string;
  readonly selfApproval: () => boolean;
  /** True once the run is to end: open questions are withdrawn. */
  readonly ending: () => boolean;
  readonly changed: () => void;
}

/**
 * Questions to people and their answers. The first decision on a question wins; the same decision said
 * again is the same decision; silence is never consent.
 */
export class Approvals {
  private readonly open = new Map<string, Question>();
  private readonly answers = new Map<string, Verdict>();
  private readonly made: Decision[] = [];
  private readonly circumstances: Circumstances;
  private asked = 0;

  constructor(circumstances: Circumstances) {
    this.circumstances = circumstances;
  }

  get questions(): readonly Question[] {
    return [...this.open.values()];
  }

  get decisions(): readonly Decision[] {
    return this.made;
  }

  /** Puts a question and waits for its answer; null when the run is to end and the question is withdrawn. */
  async ask<Offer extends Verdict>(step: PlannedStep, asked: Asked<Offer>): Promise<Offer | null> {
    return this.answered(step, asked, this.circumstances.ending);
  }

  /** As `ask`, for the time of undoing: nothing withdraws the question. */
  async insist<Offer extends Verdict>(step: PlannedStep, asked: Asked<Offer>): Promise<Offer> {
    const answer = await this.answered(step, asked, () => false);
    return answer ?? this.insist(step, asked);
  }

  private async answered<Offer extends Verdict>(
    step: PlannedStep,
    asked: Asked<Offer>,
    withdrawn: () => boolean,
  ): Promise<Offer | null> {
    const id = `${step.key}/${(this.asked += 1)}`;
    const askedAt = new Date().toISOString();
    this.open.set(id, { id, stepKey: step.key, ...asked, askedAt });
    this.circumstances.changed();
    await condition(() => this.answers.has(id) || withdrawn());
    this.open.delete(id);
    this.circumstances.changed();
    return asked.offers.find((offer) => offer === this.answers.get(id)) ?? null;
  }

  /** Why this decision cannot be taken, or null. Synchronous: an update's validator may not await. */
  refusalOf(decision: UpdatedDecision): string | null {
    if (this.isRepeated(decision)) return null;
    const malformed = malformation(decision);
    if (malformed) return malformed;
    const question = this.open.get(decision.questionId);
    if (!question || this.answers.has(decision.questionId)) return this.notOpen(decision);
    if (question.stepKey !== decision.stepKey) {
      return `Question ${question.id} is about ${question.stepKey}, not about ${decision.stepKey}.`;
    }
    const planHash = this.circumstances.planHash();
    if (decision.planHash !== planHash) {
      return `It was made for plan ${decision.planHash}; this run performs plan ${planHash}. Look at the plan again, then decide.`;
    }
    if (!question.offers.includes(decision.verdict)) {
      return `"${decision.verdict}" is not offered here; ${question.offers.join(', ')} are.`;
    }
    if (decision.verdict === 'approve' && this.isOwnApproval(decision.by)) {
      return `${decision.by} started this run, and the site file does not let the starter approve. Ask somebody else.`;
    }
    return null;
  }

  /** Takes a decision that `refusalOf` let pass. */
  take(decision: UpdatedDecision): void {
    if (this.isRepeated(decision)) return;
    this.answers.set(decision.questionId, decision.verdict);
    this.record(decision, decision.verdict, null);
  }

  /** A signal cannot be refused to its sender's face, so its refusal is kept among the decisions. */
  takeSignal(verdict: 'approve' | 'reject', signalled: SignalledDecision): void {
    const questionId = signalled.questionId ?? this.openGateOf(signalled.stepKey);
    if (questionId === undefined) {
      this.record(signalled, verdict, `Step ${signalled.stepKey} has no gate open now.`);
      return;
    }
    const decision = { ...signalled, verdict, questionId };
    const refusal = this.refusalOf(decision);
    if (refusal) this.record(decision, verdict, refusal);
    else this.take(decision);
  }

  /** Keeps a verdict on the whole run among the decisions. */
  recordEnd(end: EndRequest, refused: string | null): void {
    const id = `end/${this.made.length + 1}`;
    const at = new Date().toISOString();
    this.made.push({ id, questionId: null, stepKey: null, ...end, at, refused });
  }

  private openGateOf(stepKey: string): string | undefined {
    return this.questions.find((question) => question.stepKey === stepKey && question.about === 'gate')?.id;
  }

  private isRepeated(decision: UpdatedDecision): boolean {
    return this.made.some(
      (earlier) =>
        earlier.id === decision.decisionId &&
        earlier.questionId === decision.questionId &&
        earlier.verdict === decision.verdict &&
        earlier.refused === null,
    );
  }

  private isOwnApproval(by: string): boolean {
    return !this.circumstances.selfApproval() && sameName(by, this.circumstances.startedBy);
  }

  private notOpen(decision: UpdatedDecision): string {
    const winner = this.made.find(
      (earlier) => earlier.questionId === decision.questionId && earlier.refused === null,
    );
    if (winner) {
      return `Question ${decision.questionId} was already answered with "${winner.verdict}" by ${winner.by}.`;
    }
    return `Question ${decision.questionId} is not open: it was never asked, or it was withdrawn.`;
  }

  private record(
    decision: SignalledDecision & { readonly questionId?: string },
    verdict: Verdict,
    refused: string | null,
  ): void {
    this.made.push({
      id: decision.decisionId,
      questionId: decision.questionId ?? null,
      stepKey: decision.stepKey,
      verdict,
      by: decision.by,
      reason: decision.reason,
      at: new Date().toISOString(),
      refused,
    });
    this.circumstances.changed();
  }
}

function malformation(decision: UpdatedDecision): string | null {
  const required = ['stepKey', 'planHash', 'decisionId', 'by'] as const;
  const missing = required.filter((name) => decision[name] === '');
  return missing.length === 0 ? null : `The decision lacks ${missing.join(', ')}.`;
}

/** Windows account names and the names of most directories do not tell cases apart. */
function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
