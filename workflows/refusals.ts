import { refusalOfConsent, refusalOfStarter } from './consent.ts';
import type { Decision, Plan, Question, UpdatedDecision } from './contract.ts';

const NEEDS_REASON = 'This needs a reason: say why.';

/** Whom an answer must suit. */
export interface Judged {
  readonly plan: () => Plan | null;
  readonly startedBy: string;
}

/** Why an answer to this question, which is open, cannot be taken; null where it can. */
export function refusalOfAnswer(
  decision: UpdatedDecision,
  question: Question,
  judged: Judged,
): string | null {
  const plan = judged.plan();
  if (question.stepKey !== decision.stepKey) {
    return `Question ${question.id} is about ${question.stepKey}, not about ${decision.stepKey}.`;
  }
  const otherPlan = refusalOfPlan(decision.planHash, plan);
  if (otherPlan) return otherPlan;
  if (!question.offers.includes(decision.verdict)) {
    return `"${decision.verdict}" is not offered here; ${question.offers.join(', ')} are.`;
  }
  return (
    refusalOfProgram(decision, plan) ??
    (decision.verdict === 'approve' ? refusalOfApproval(decision, question, judged) : null)
  );
}

/** Why no answer can be taken to a question that is not open, which was answered so, or withdrawn. */
export function refusalOfClosed(questionId: string, answer: Decision | undefined): string {
  return answer
    ? `Question ${questionId} was already answered with "${answer.verdict}" by ${answer.by}.`
    : `Question ${questionId} is not open: it was never asked, or it was withdrawn.`;
}

/**
 * Whoever rejects says why, since somebody must settle it with them. Asked of updates only: runs took signals without
 * a reason, and a replay must find them taken.
 */
export function refusalOfSilence({ verdict, reason }: UpdatedDecision): string | null {
  return verdict === 'reject' && reason.trim() === '' ? NEEDS_REASON : null;
}

/** What was said of another plan is not said of this one. */
export function refusalOfPlan(planHash: string, plan: Plan | null): string | null {
  if (plan !== null && planHash === plan.hash) return null;
  return `It was made for plan ${planHash}; this run performs plan ${plan?.hash ?? null}. Look at the plan again, then decide.`;
}

export function refusalOfProgram(
  { automatic }: { readonly automatic?: boolean },
  plan: Plan | null,
): string | null {
  if (automatic !== true || plan?.access.environment !== 'production') return null;
  return 'A program gave this answer, and production takes answers of people only.';
}

function refusalOfApproval(
  { by, reason }: UpdatedDecision,
  { needs, needsReason }: Question,
  { plan, startedBy }: Judged,
): string | null {
  const own = refusalOfStarter(by, startedBy, plan());
  if (own) return own;
  if (needsReason && reason.trim() === '') return NEEDS_REASON;
  const consent = plan()?.consent;
  return consent ? refusalOfConsent(by, needs, consent) : null;
}
