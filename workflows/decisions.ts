import type { Decision, EndRequest, UpdatedDecision, Verdict } from './contract.ts';

/** What people said, in the order in which it came, taken or refused. */
export class Decisions {
  private readonly made: Decision[] = [];

  get all(): readonly Decision[] {
    return this.made;
  }

  /** Keeps a verdict on the whole run. */
  keepEnd(end: EndRequest, refused: string | null): void {
    const id = `end/${this.made.length + 1}`;
    this.made.push({ id, questionId: null, stepKey: null, ...end, at: new Date().toISOString(), refused });
  }

  /** Keeps what the site file says that becomes of a question which nobody settled. */
  keepExpiry(question: ExpiredQuestion, verdict: Verdict, reason: string): void {
    const id = `expiry/${question.questionId}`;
    const at = new Date().toISOString();
    this.made.push({ id, ...question, verdict, by: 'nobody', reason, at, refused: null, expired: true });
  }

  keep(said: Said, verdict: Verdict, refused: string | null, ahead?: string): void {
    this.made.push({
      id: said.decisionId,
      questionId: said.questionId ?? null,
      stepKey: said.stepKey,
      verdict,
      by: said.by,
      reason: said.reason,
      at: new Date().toISOString(),
      refused,
      ...(ahead !== undefined && { ahead }),
    });
  }

  /** The same decision said again is the same decision. */
  has({ decisionId, questionId, verdict }: UpdatedDecision): boolean {
    return this.made.some(
      (earlier) =>
        earlier.id === decisionId &&
        earlier.questionId === questionId &&
        earlier.verdict === verdict &&
        earlier.refused === null,
    );
  }

  /** The approvals of a question that were taken, in the order in which they came. */
  approvalsOf(questionId: string): readonly Decision[] {
    return this.made.filter(
      (earlier) =>
        earlier.questionId === questionId && earlier.verdict === 'approve' && earlier.refused === null,
    );
  }

  lastApproved(key: string): Decision | undefined {
    return this.made.findLast(
      ({ stepKey, verdict, refused }) => stepKey === key && verdict === 'approve' && refused === null,
    );
  }

  /** The last one that was taken on a question. */
  lastTaken(questionId: string): Decision | undefined {
    return this.made.findLast((earlier) => earlier.questionId === questionId && earlier.refused === null);
  }
}

type ExpiredQuestion = Pick<UpdatedDecision, 'questionId' | 'stepKey'>;

type Said = Pick<UpdatedDecision, 'decisionId' | 'stepKey' | 'by' | 'reason'> & {
  readonly questionId?: string;
};

/** Messages come from outside: what a decision must have, and lacks. */
export function malformation(decision: UpdatedDecision): string | null {
  const required = ['stepKey', 'planHash', 'decisionId', 'by'] as const;
  const missing = required.filter((name) => decision[name] === '');
  return missing.length === 0 ? null : `The decision lacks ${missing.join(', ')}.`;
}
