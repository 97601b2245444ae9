import type {
  AheadRequest,
  AheadWithdrawal,
  ChangeKind,
  EndRequest,
  SignalledDecision,
  UpdatedDecision,
  Verdict,
} from './contract.ts';

/*
 * Messages come from outside, also from the vendor's own command line, and may hold anything: a missing or
 * wrong part becomes an empty text, which the rules then refuse by name.
 */

export function readUpdatedDecision(message: unknown): UpdatedDecision {
  const parts = partsOf(message);
  return {
    ...readSignalledDecision(message),
    verdict: textOf(parts['verdict']) as Verdict,
    questionId: textOf(parts['questionId']),
  };
}

export function readSignalledDecision(message: unknown): SignalledDecision {
  const parts = partsOf(message);
  const questionId = textOf(parts['questionId']);
  return {
    stepKey: textOf(parts['stepKey']),
    planHash: textOf(parts['planHash']),
    decisionId: textOf(parts['decisionId']),
    by: textOf(parts['by']),
    reason: textOf(parts['reason']),
    ...(questionId === '' ? {} : { questionId }),
    ...(parts['automatic'] === true ? { automatic: true } : {}),
  };
}

export function readEndRequest(message: unknown): EndRequest {
  const parts = partsOf(message);
  return {
    verdict: textOf(parts['verdict']) as EndRequest['verdict'],
    by: textOf(parts['by']),
    reason: textOf(parts['reason']),
  };
}

export function readAheadRequest(message: unknown): AheadRequest {
  const parts = partsOf(message);
  return {
    id: textOf(parts['id']),
    planHash: textOf(parts['planHash']),
    steps: textsOf(parts['steps']),
    kinds: textsOf(parts['kinds']) as readonly ChangeKind[],
    from: textOf(parts['from']),
    until: textOf(parts['until']),
    by: textOf(parts['by']),
    reason: textOf(parts['reason']),
    ...(parts['automatic'] === true ? { automatic: true } : {}),
  };
}

export function readAheadWithdrawal(message: unknown): AheadWithdrawal {
  const parts = partsOf(message);
  return { id: textOf(parts['id']), by: textOf(parts['by']), reason: textOf(parts['reason']) };
}

function partsOf(message: unknown): Readonly<Record<string, unknown>> {
  return message !== null && typeof message === 'object' ? Object.fromEntries(Object.entries(message)) : {};
}

function textsOf(part: unknown): readonly string[] {
  return Array.isArray(part) ? part.map(textOf) : [];
}

function textOf(part: unknown): string {
  return typeof part === 'string' ? part : '';
}
