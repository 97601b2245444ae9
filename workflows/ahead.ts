import { patched } from '@temporalio/workflow';
import { malformedAhead, refusalOfSpan } from './ahead-request.ts';
import { consentSoFar, needsFor, refusalOfConsent, refusalOfStarter, samePerson } from './consent.ts';
import { refusalOfPlan, refusalOfProgram, type Judged } from './refusals.ts';
import type {
  AheadApproval,
  AheadRequest,
  AheadWithdrawal,
  ChangeKind,
  Decision,
  Plan,
  Question,
  UpdatedDecision,
} from './contract.ts';

/** What keeps changing under an approval was not known when it was given: then a person is asked. */
const USES_OF_A_STEP = 3;

/** Runs that an older build recorded have no timer for it, and a replay of them must not start one. */
const ENDS_BY_ITSELF = 'approval-ahead-ends-by-itself';

/**
 * Approvals that people gave before the question was asked, and for which questions they counted. Whether one
 * is consent enough is not decided here: it is that person's approval, and goes by the rules of any other.
 */
export class AheadApprovals {
  private readonly given = new Map<string, AheadApproval>();
  /** Approval and step where somebody has rejected the step's question since. */
  private readonly rejected = new Set<string>();
  private readonly circumstances: Judged;

  constructor(circumstances: Judged) {
    this.circumstances = circumstances;
  }

  get all(): readonly AheadApproval[] {
    return [...this.given.values()];
  }

  has(id: string): boolean {
    return this.given.has(id);
  }

  /** Why it cannot be given, or null. */
  refusalOf(request: AheadRequest): string | null {
    const plan = this.circumstances.plan();
    if (this.given.has(request.id)) return null;
    const malformed = malformedAhead(request);
    if (malformed) return malformed;
    const otherPlan = refusalOfPlan(request.planHash, plan);
    if (plan === null || otherPlan) return otherPlan;
    const { ahead } = plan.consent;
    if (!ahead) return 'The site file lets nobody approve ahead of time: it has no approvals.ahead.';
    return (
      refusalOfProgram(request, plan) ??
      refusalOfSpan(request, ahead.maxHours, Date.now()) ??
      refusalOfSteps(request, plan) ??
      this.refusalOfPerson(request.by, request)
    );
  }

  /** Keeps an approval that `refusalOf` let pass. */
  keep(request: AheadRequest): void {
    const { automatic: _automatic, ...said } = request;
    const givenAt = new Date().toISOString();
    this.given.set(request.id, { ...said, givenAt, withdrawn: null, uses: [] });
  }

  /** Why it cannot be withdrawn, or null. Whoever may approve may also take an approval back. */
  refusalOfWithdrawal({ id, by }: AheadWithdrawal): string | null {
    const approval = this.given.get(id);
    if (by === '') return 'The withdrawal lacks by.';
    if (!approval) return `No approval ahead of time has the id ${id}.`;
    if (approval.withdrawn) return `It was withdrawn already by ${approval.withdrawn.by}.`;
    return samePerson(by, approval.by) ? null : this.refusalOfPerson(by, approval);
  }

  withdraw({ id, by, reason }: AheadWithdrawal): void {
    const approval = this.given.get(id);
    if (!approval) return;
    this.given.set(id, { ...approval, withdrawn: { by, reason, at: new Date().toISOString() } });
  }

  /** Whether it counts for a question now. What it lets happen must also begin while it lasts. */
  counts(approval: AheadApproval, question: Question, opensAt: string | null): boolean {
    const now = Date.now();
    const begins = Math.max(now, opensAt === null ? now : Date.parse(opensAt));
    return (
      approval.withdrawn === null &&
      Date.parse(approval.from) <= now &&
      begins <= Date.parse(approval.until) &&
      covers(approval, question) &&
      !this.rejected.has(`${approval.id} ${question.stepKey}`) &&
      !isUsedUp(approval, question)
    );
  }

  use({ id }: AheadApproval, { id: questionId, stepKey, about }: Question): void {
    const approval = this.given.get(id);
    if (!approval) return;
    const use = { questionId, stepKey, about, at: new Date().toISOString() };
    this.given.set(id, { ...approval, uses: [...approval.uses, use] });
  }

  /** Of these approvals those that stand: what was said ahead of time only as long as it counts. */
  thatStand(approvals: readonly Decision[]): readonly Decision[] {
    return approvals.filter(({ ahead }) => ahead === undefined || !this.haveLapsed([ahead], Date.now()));
  }

  /** A rejection is of today: what was approved before it counts no more for that step. */
  rejectedAt(stepKey: string): void {
    for (const id of this.given.keys()) this.rejected.add(`${id} ${stepKey}`);
  }

  /** Whether a consent that rests on these would no longer stand at that moment. */
  haveLapsed(ids: readonly string[], atMs: number): boolean {
    return ids.some((id) => {
      const approval = this.given.get(id);
      return !approval || approval.withdrawn !== null || Date.parse(approval.until) < atMs;
    });
  }

  /** What it approves may need several people: it is refused only where this one can never be among them. */
  private refusalOfPerson(by: string, { steps, kinds }: Pick<AheadRequest, 'steps' | 'kinds'>) {
    const plan = this.circumstances.plan();
    if (!plan) return 'The plan is not made yet.';
    const own = refusalOfStarter(by, this.circumstances.startedBy, plan);
    if (own) return own;
    const named = plan.steps.filter(({ key }) => steps.includes(key)).map((step) => step.kinds);
    const refusals = [...named, kinds].map((some) => neverCounts(by, some, plan));
    return refusals.find((refusal) => refusal !== null) ?? null;
  }
}

function neverCounts(by: string, kinds: readonly ChangeKind[], { consent }: Plan): string | null {
  return refusalOfConsent(by, consentSoFar(needsFor(kinds, consent), [], consent), consent);
}

/** When it begins to count, and when it counts no more. */
export function momentsOf({ from, until }: AheadRequest): readonly number[] {
  return [Date.parse(from), ...(patched(ENDS_BY_ITSELF) ? [Date.parse(until) + 1] : [])];
}

/** What it says to a question for which it counts, as its giver would have said it. */
export function decisionOf(
  { id, planHash, by, reason }: AheadApproval,
  { id: questionId, stepKey }: Question,
): UpdatedDecision {
  const decisionId = `${id}/${questionId}`;
  return { decisionId, questionId, stepKey, planHash, verdict: 'approve', by, reason };
}

/** Never what could not be known before: objects that were there, warnings, what is stuck, what is undone. */
function covers({ steps, kinds }: AheadApproval, question: Question): boolean {
  const isGate = question.about === 'gate' || question.about === 'restart';
  if (!isGate || !question.offers.includes('approve') || question.needsReason) return false;
  if (question.kinds.includes('existing-object')) return false;
  const isOfKinds = question.kinds.length > 0 && question.kinds.every((kind) => kinds.includes(kind));
  return isOfKinds || steps.includes(question.stepKey);
}

function isUsedUp({ uses }: AheadApproval, { stepKey, about }: Question): boolean {
  const before = uses.filter((use) => use.stepKey === stepKey && use.about === about);
  return before.length >= USES_OF_A_STEP;
}

function refusalOfSteps({ steps }: AheadRequest, plan: Plan): string | null {
  for (const key of steps) {
    const step = plan.steps.find((planned) => planned.key === key);
    if (!step) return `The plan has no step ${key}.`;
    if (step.kind === 'check') {
      return `${key} is a check: it asks about what it finds, which nobody can know before.`;
    }
  }
  return null;
}
