import { CancellationScope, condition, sleep } from '@temporalio/workflow';
import { AheadApprovals, decisionOf, momentsOf } from './ahead.ts';
import type { Asked } from './asked.ts';
import { consentSoFar, isComplete, needsFor, NOBODY_IN_PARTICULAR } from './consent.ts';
import type {
  AheadApproval,
  AheadRequest,
  AheadWithdrawal,
  Consent,
  Decision,
  EndRequest,
  NeedSoFar,
  PlannedStep,
  Question,
  SignalledDecision,
  UpdatedDecision,
  Verdict,
} from './contract.ts';
import { Decisions, malformation } from './decisions.ts';
import { expired, expiryOf, silenceOf } from './expiry.ts';
import { OpenQuestions } from './open-questions.ts';
import { refusalOfAnswer, refusalOfClosed, type Judged } from './refusals.ts';

interface Circumstances extends Judged {
  /** True once the run is to end: open questions are withdrawn. */
  readonly ending: () => boolean;
  /** A question waits for people now. */
  readonly asked: (question: Question) => void;
  readonly changed: () => void;
}

/**
 * Questions to people and their answers. The first decision on a question wins, where it needs several people
 * the last approval needed or the first refusal; the same decision said again is the same decision; silence is
 * never consent.
 */
export class Approvals {
  private readonly open = new OpenQuestions();
  private readonly made = new Decisions();
  private readonly given: AheadApprovals;
  private readonly circumstances: Circumstances;

  constructor(circumstances: Circumstances) {
    this.circumstances = circumstances;
    this.given = new AheadApprovals(circumstances);
  }

  get questions(): readonly Question[] {
    return this.open.all;
  }

  /** Approvals that were given before their question. */
  get ahead(): Pick<AheadApprovals, 'all' | 'refusalOf' | 'refusalOfWithdrawal' | 'haveLapsed'> {
    return this.given;
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
    const expiry = expiryOf(this.consent, asked.offers);
    const lasting = { ...asked, ...expiry };
    const id = this.put(step, lasting);
    const answer = await this.answered(id, lasting, this.circumstances.ending);
    if (answer === 'late' && expiry) return this.expire(id, step, lasting);
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
    const isOver = () => this.open.answerTo(id) !== undefined || withdrawn();
    // No helper around these: one more turn of the queue would order the run's commands anew, and break its replay.
    const inTime = lastsMs === undefined || (await condition(isOver, lastsMs));
    if (lastsMs === undefined) await condition(isOver);
    this.open.close(id);
    this.circumstances.changed();
    const answer = offers.find((offer) => offer === this.open.answerTo(id)) ?? null;
    return inTime ? answer : 'late';
  }

  private expire<Offer extends Verdict>(
    questionId: string,
    { key }: PlannedStep,
    { offers, onExpiry }: Asked<Offer>,
  ): Offer {
    const verdict = offers.find((offer) => offer === onExpiry);
    if (verdict === undefined) throw expired(this.consent);
    const reason = `${silenceOf(this.consent)}, and the site file says onExpiry: ${verdict}`;
    this.made.keepExpiry({ questionId, stepKey: key }, verdict, reason);
    this.circumstances.changed();
    return verdict;
  }

  /** Why this decision cannot be taken, or null. Synchronous: an update's validator may not await. */
  refusalOf(decision: UpdatedDecision): string | null {
    if (this.made.has(decision)) return null;
    const malformed = malformation(decision);
    if (malformed) return malformed;
    const { questionId } = decision;
    const question = this.openQuestion(questionId);
    if (!question)
      return refusalOfClosed(questionId, this.open.answerTo(questionId) && this.made.lastTaken(questionId));
    return refusalOfAnswer(decision, { ...question, needs: this.needsOf(question) }, this.circumstances);
  }

  /** Takes a decision that `refusalOf` let pass. */
  take(decision: UpdatedDecision): void {
    if (!this.made.has(decision)) this.settle(decision);
  }

  private settle(decision: UpdatedDecision, ahead?: string): void {
    this.made.keep(decision, decision.verdict, null, ahead);
    const question = this.open.find(decision.questionId);
    // Where several people must agree, one of them is not all.
    if (question && decision.verdict === 'approve') {
      const needs = this.needsOf(question);
      this.open.agree(question.id, needs);
      if (isComplete(needs)) this.open.settle(question.id, 'approve');
    } else {
      this.open.settle(decision.questionId, decision.verdict);
    }
    if (decision.verdict === 'reject') this.given.rejectedAt(decision.stepKey);
    this.circumstances.changed();
  }

  /** Takes an approval ahead of time that `ahead.refusalOf` let pass; it counts from its first moment on. */
  approveAhead(request: AheadRequest): void {
    if (this.given.has(request.id)) return;
    this.given.keep(request);
    this.countAhead();
    this.circumstances.changed();
    for (const moment of momentsOf(request)) this.countAgainAt(moment);
  }

  /** It counts no more, also not as one of several on a question that is still open. */
  withdrawAhead(withdrawal: AheadWithdrawal): void {
    this.given.withdraw(withdrawal);
    this.countAgain();
  }

  /** The approvals ahead of time on which the last consent to a step rests. */
  restsOn({ key }: PlannedStep): readonly string[] {
    const { questionId } = this.made.lastApproved(key) ?? {};
    const approvals = questionId ? this.made.approvalsOf(questionId) : [];
    return this.given.thatStand(approvals).flatMap(({ ahead }) => ahead ?? []);
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

  private put(step: PlannedStep, asked: Asked<Verdict>): string {
    const id = this.open.put(step, asked, this.consent, this.circumstances.plan()?.change?.ticket ?? null);
    this.countAhead();
    const question = this.openQuestion(id);
    if (question) this.circumstances.asked(question);
    this.circumstances.changed();
    return id;
  }

  private countAgainAt(moment: number): void {
    const ms = moment - Date.now();
    if (ms > 0) void CancellationScope.nonCancellable(() => sleep(ms)).then(() => this.countAgain());
  }

  /** After an approval ahead of time has begun, or counts no more: then another of the same person may. */
  private countAgain(): void {
    for (const question of this.questions) {
      if (this.openQuestion(question.id)) this.open.agree(question.id, this.needsOf(question));
    }
    this.countAhead();
    this.circumstances.changed();
  }

  /** Every open question is answered by whom it was approved ahead of time, under the rules of any answer. */
  private countAhead(): void {
    for (const { id } of this.questions) {
      for (const approval of this.given.all) this.countFor(id, approval);
    }
  }

  private countFor(questionId: string, approval: AheadApproval): void {
    const question = this.openQuestion(questionId);
    if (!question || !this.given.counts(approval, question, this.open.opensAt(questionId))) return;
    const decision = decisionOf(approval, question);
    if (this.made.has(decision) || this.refusalOf(decision) !== null) return;
    this.settle(decision, approval.id);
    this.given.use(approval, question);
  }

  /** Who is still needed: what people said in person stands, and what they said before as long as it counts. */
  private needsOf({ id, kinds }: Question): readonly NeedSoFar[] {
    const people = this.given.thatStand(this.made.approvalsOf(id)).map(({ by }) => by);
    return consentSoFar(needsFor(kinds, this.consent), people, this.consent);
  }

  private get consent(): Consent {
    return this.circumstances.plan()?.consent ?? NOBODY_IN_PARTICULAR;
  }

  /** One that still waits for its answer. */
  private openQuestion(id: string): Question | undefined {
    return this.open.answerTo(id) === undefined ? this.open.find(id) : undefined;
  }

  private openGateOf(stepKey: string): string | undefined {
    return this.questions.find((question) => question.stepKey === stepKey && question.about === 'gate')?.id;
  }

  private record(said: SignalledDecision, verdict: Verdict, refused: string | null): void {
    this.made.keep(said, verdict, refused);
    this.circumstances.changed();
  }
}
