import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import { OperatorError } from '../../activities/failures.ts';
import {
  MESSAGES,
  type EndRequest,
  type Question,
  type RunSnapshot,
  type UpdatedDecision,
  type Verdict,
} from '../../workflows/contract.ts';
import type { RunRef } from './find-run.ts';
import { askRun } from './look-at-run.ts';
import { notTaken, overAlready, sendUpdate } from './send-update.ts';
import type { ServerLink } from './server-link.ts';

/** An answer to a step's open question. */
export interface Answer {
  readonly stepKey: string;
  readonly verdict: Verdict;
  readonly by: string;
  readonly reason: string;
  /** Null: whichever question the step asks now. */
  readonly questionId: string | null;
  /** The plan that was looked at; null: the one that the run performs. */
  readonly planHash: string | null;
  /** A program answers on its own account, which production refuses. */
  readonly automatic?: true;
}

/** Answers a step's question. Throws an OperatorError with the reason when the answer is not taken. */
export async function answerRun(link: ServerLink, ref: RunRef, answer: Answer): Promise<void> {
  const snapshot = await askRun<RunSnapshot>(link, ref, MESSAGES.progress);
  if (snapshot === null) throw notTaken(ref);
  const question = answer.questionId === null ? questionOf(snapshot, answer) : null;
  const decision: UpdatedDecision = {
    stepKey: question?.stepKey ?? answer.stepKey,
    planHash: answer.planHash ?? snapshot.planHash ?? '',
    questionId: question?.id ?? answer.questionId ?? '',
    decisionId: randomUUID(),
    verdict: answer.verdict,
    by: answer.by,
    reason: answer.reason,
    ...(answer.automatic && { automatic: true }),
  };
  await sendUpdate(link, ref, {
    name: MESSAGES.decide,
    message: decision,
    id: decision.decisionId,
    inWords: `"${decision.verdict}" for ${decision.stepKey}`,
  });
}

function questionOf({ questions, steps, state }: RunSnapshot, { stepKey, verdict }: Answer): Question {
  const question = questions.find((open) => open.stepKey.toLowerCase() === stepKey.toLowerCase());
  if (!question) throw asksNothing(stepKey, steps, questions, state);
  if (question.offers.includes(verdict)) return question;
  const [first = 'retry'] = question.offers;
  throw new OperatorError(
    `"${verdict}" is not offered for ${question.stepKey}; ${question.offers.join(', ')} are`,
    `Answer with one of them: ssis-ha ${first} ${question.stepKey}`,
  );
}

function asksNothing(
  stepKey: string,
  steps: RunSnapshot['steps'],
  questions: readonly Question[],
  state: RunSnapshot['state'],
): OperatorError {
  const step = steps.find((candidate) => candidate.key.toLowerCase() === stepKey.toLowerCase());
  const what = step ? `${step.key} asks nothing now: it is ${step.state}` : `The run has no step ${stepKey}`;
  const asking = questions.map((question) => question.stepKey);
  if (asking.length > 0) return new OperatorError(what, `Answer one that asks: ${asking.join(', ')}`);
  return new OperatorError(
    `${what}; no step of this run asks, and the run is ${state}`,
    'Look at it: ssis-ha status',
  );
}

/** Ends the whole run. Throws an OperatorError with the reason when the run does not take it; null when nobody told yet. */
export async function endRun(
  link: ServerLink,
  ref: RunRef,
  request: EndRequest,
): Promise<RunSnapshot | null> {
  const handle = link.client.workflow.getHandle(ref.workflowId, ref.runId);
  try {
    await link.ask(() => handle.signal(MESSAGES.end, request));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw overAlready(ref);
    throw error;
  }
  const snapshot = await askRun<RunSnapshot>(link, ref, MESSAGES.progress);
  const last = snapshot?.decisions.findLast(({ stepKey, by }) => stepKey === null && by === request.by);
  if (!last?.refused) return snapshot;
  throw new OperatorError(
    `"${request.verdict}" was refused: ${last.refused}`,
    'Look at the run: ssis-ha status',
  );
}
