import { condition } from '@temporalio/workflow';
import type { Asked } from './asked.ts';
import {
  consentSoFar,
  isComplete,
  needsFor,
  refusalOfConsent,
  samePerson,
  withConsentOf,
} from './consent.ts';
import type {
  Consent,
  Decision,
  EndRequest,
  Plan,
  PlannedStep,
  Question,
  SignalledDecision,
  UpdatedDecision,
  Verdict,
} from './contract.ts';
import { Decisions, malformation } from './decisions.ts';
import { Halt } from './problem.ts';

interface Circumstances {
  readonly plan: () => Plan | null;
  readonly startedBy: string;
  /** True once the run is to end: open questions are withdrawn. */
  readonly ending: () => boolean;
  readonly changed: () => void;
}

const MS_AN_HOUR = 3_600_000;

/**
 * Questions to people and their answers. The first decision on a question wins, where it needs several people
 * the last approval needed or the first refusal; the same decision said again is the same decision; silence is
 * never consent.
 */
export class Approvals {
  private readonly open = new Map<string, Question>();
  private readonly answers = new Map<string, Verdict>();
  private readonly made = new Decisions();
  private readonly circumstances: Circumstances;
  private asked = 0;

  constructor(circumstances: Circumstances) {
    this.circumstances = circumstances;
  }

  get questions(): readonly Question[] {
    return [...this.open.values()];
  }

  get decisions(): readonly Decision[] {
    return this.made.all;
  }

  /**
   * Puts a question and waits for its answer; null when it is withdrawn: the run is to end, or its time, where
   * it has one, is over. A gate that nobody settles in the time that the site gives halts its step, or ends the
   * run where the site says so.
   */
  async ask<Offer extends Verdict>(step: PlannedStep, asked: Asked<Offer>): Promise<Offer | null> {
    const isGate = asked.offers.some((offer) => offer === 'approve');
    const hours = isGate ? this.consent.expireAfterHours : null;
    const lasting = hours === null ? asked : { ...asked, ...this.expiryIn(hours, asked.offers) };
    const id = this.put(step, lasting);
    const answer = await this.answered(id, lasting, this.circumstances.ending);
    if (answer === 'late' && hours !== null) return this.expire(id, step, lasting);
    return answer === 'late' ? null : answer;
  }

  /** As `ask`, for the time of undoing: nothing but an answer, or its own time, withdraws the question. */
  async insist<Offer extends Verdict>(
    step: PlannedStep,
    asked: Asked<Offer> & { readonly lastsMs?: never },
  ): Promise<Offer>;
  async insist<Offer extends Verdict>(step: PlannedStep, asked: Asked<Offer>): Promise<Offer | null>;
  async insist<Offer extends Verdict>(step: PlannedStep, asked: Asked<Offer>): Promise<Offer | null> {
    const answer = await this.answered(this.put(step, asked), asked, () => false);
    return answer === 'late' ? null : answer;
  }

  private async answered<Offer extends Verdict>(
    id: string,
    { lastsMs, offers }: Asked<Offer>,
    withdrawn: () => boolean,
  ): Promise<Offer | 'late' | null> {
    const isOver = () => this.answers.has(id) || withdrawn();
    // No helper around these: one more turn of the queue would order the run's commands anew, and break its replay.
    const inTime = lastsMs === undefined || (await condition(isOver, lastsMs));
    if (lastsMs === undefined) await condition(isOver);
    this.open.delete(id);
    this.circumstances.changed();
    const answer = offers.find((offer) => offer === this.answers.get(id)) ?? null;
    return inTime ? answer : 'late';
  }

  private expiryIn(hours: number, offers: readonly Verdict[]): Pick<Asked<Verdict>, 'lastsMs' | 'onExpiry'> {
    const { onExpiry } = this.consent;
    const isOffered = onExpiry !== undefined && offers.includes(onExpiry);
    return { lastsMs: hours * MS_AN_HOUR, ...(isOffered && { onExpiry }) };
  }

  private expire<Offer extends Verdict>(
    questionId: string,
    { key }: PlannedStep,
    { offers, onExpiry }: Asked<Offer>,
  ): Offer {
    const silence = `Nobody settled its question within ${this.consent.expireAfterHours} hours`;
    const verdict = offers.find((offer) => offer === onExpiry);
    if (verdict === undefined) throw expired(silence);
    const reason = `${silence}, and the site file says onExpiry: ${verdict}`;
    this.made.keepExpiry({ questionId, stepKey: key }, verdict, reason);
    this.circumstances.changed();
    return verdict;
  }

  /** Why this decision cannot be taken, or null. Synchronous: an update's validator may not await. */
  refusalOf(decision: UpdatedDecision): string | null {
    if (this.made.has(decision)) return null;
    const malformed = malformation(decision);
    if (malformed) return malformed;
    const question = this.open.get(decision.questionId);
    if (!question || this.answers.has(decision.questionId)) return this.notOpen(decision);
    if (question.stepKey !== decision.stepKey) {
      return `Question ${question.id} is about ${question.stepKey}, not about ${decision.stepKey}.`;
    }
    const planHash = this.circumstances.plan()?.hash ?? null;
    if (decision.planHash !== planHash) {
      return `It was made for plan ${decision.planHash}; this run performs plan ${planHash}. Look at the plan again, then decide.`;
    }
    if (!question.offers.includes(decision.verdict)) {
      return `"${decision.verdict}" is not offered here; ${question.offers.join(', ')} are.`;
    }
    if (decision.automatic === true && this.circumstances.plan()?.access.environment === 'production') {
      return 'A program gave this answer, and production takes answers of people only.';
    }
    return decision.verdict === 'approve' ? this.refusalOfApproval(decision, question) : null;
  }

  /** Takes a decision that `refusalOf` let pass. */
  take(decision: UpdatedDecision): void {
    if (this.made.has(decision)) return;
    const question = this.open.get(decision.questionId);
    // Where several people must agree, one of them is not all.
    if (question && decision.verdict === 'approve') {
      const needs = withConsentOf(decision.by, question.needs, this.consent);
      this.open.set(decision.questionId, { ...question, needs });
      if (isComplete(needs)) this.answers.set(decision.questionId, 'approve');
    } else {
      this.answers.set(decision.questionId, decision.verdict);
    }
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
    this.made.keepEnd(end, refused);
  }

  private put<Offer extends Verdict>(step: PlannedStep, asked: Asked<Offer>): string {
    const { kinds = [], window = null, lastsMs, ...rest } = asked;
    const id = `${step.key}/${(this.asked += 1)}`;
    const now = Date.now();
    const question: Question = {
      id,
      stepKey: step.key,
      ...rest,
      kinds,
      needs: consentSoFar(needsFor(kinds, this.consent), [], this.consent),
      ticket: this.circumstances.plan()?.change?.ticket ?? null,
      window: window?.inWords ?? null,
      askedAt: new Date(now).toISOString(),
      expiresAt: lastsMs === undefined ? null : new Date(now + lastsMs).toISOString(),
    };
    this.open.set(id, question);
    this.circumstances.changed();
    return id;
  }

  private get consent(): Consent {
    return this.circumstances.plan()?.consent ?? NOBODY_IN_PARTICULAR;
  }

  private refusalOfApproval({ by, reason }: UpdatedDecision, { needs, needsReason }: Question) {
    if (this.isOwnApproval(by)) {
      return `${by} started this run, and the site file does not let the starter approve. Ask somebody else.`;
    }
    if (needsReason && reason.trim() === '') return 'This needs a reason: say why.';
    return refusalOfConsent(by, needs, this.consent);
  }

  private openGateOf(stepKey: string): string | undefined {
    return this.questions.find((question) => question.stepKey === stepKey && question.about === 'gate')?.id;
  }

  private isOwnApproval(by: string): boolean {
    return !this.circumstances.plan()?.selfApproval && samePerson(by, this.circumstances.startedBy);
  }

  private notOpen({ questionId }: UpdatedDecision): string {
    const last = this.made.lastTaken(questionId);
    if (last && this.answers.has(questionId)) {
      return `Question ${questionId} was already answered with "${last.verdict}" by ${last.by}.`;
    }
    return `Question ${questionId} is not open: it was never asked, or it was withdrawn.`;
  }

  private record(said: SignalledDecision, verdict: Verdict, refused: string | null): void {
    this.made.keep(said, verdict, refused);
    this.circumstances.changed();
  }
}

const NOBODY_IN_PARTICULAR: Consent = { groups: {}, rules: [], expireAfterHours: null };

function expired(silence: string): Halt {
  return new Halt({
    kind: 'operator',
    message: `${silence}, and what was seen then may be no longer true`,
    advice: 'Retry to be asked again.',
  });
}
