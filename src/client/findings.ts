import type { Finding, StepSnapshot } from '../../workflows/contract.ts';
import type { ShownRun } from './shown-run.ts';

/** A finding with the check that found it. */
export interface ShownFinding extends Finding {
  /** Key of the check. */
  readonly step: string;
}

/**
 * All that the checks of a run found, worst first: errors, then warnings, then what somebody has accepted; of
 * equal ones that which would break the run earlier.
 */
export function findingsOf({ steps }: ShownRun): readonly ShownFinding[] {
  const places = new Map(steps.map(({ key }, at) => [key, at]));
  const placeOf = ({ breaks }: Finding) => places.get(breaks ?? '') ?? steps.length;
  return onceEach(steps.flatMap(ofStep)).toSorted(
    (one, other) => rankOf(one) - rankOf(other) || placeOf(one) - placeOf(other),
  );
}

function ofStep(step: StepSnapshot): readonly ShownFinding[] {
  const told = (step.findings ?? []).map((finding) => ({ ...finding, step: step.key }));
  const isTold = told.some(({ severity }) => severity === 'error');
  if (step.problem === null || isTold) return told;
  return [...told, unseen(step, step.problem)];
}

/** What could not be looked at is a finding as well. */
function unseen(
  { key, host }: StepSnapshot,
  { message, advice }: NonNullable<StepSnapshot['problem']>,
): ShownFinding {
  return {
    id: 'not-seen',
    severity: 'error',
    host,
    step: key,
    breaks: key,
    seen: message,
    advice,
    sheet: null,
    accepted: null,
  };
}

/** A host that cannot be reached says so once, and not for each of its checks. */
function onceEach(findings: readonly ShownFinding[]): readonly ShownFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ id, host, seen: what }) => {
    const name = JSON.stringify([id, host, what]);
    return !seen.has(name) && seen.add(name);
  });
}

function rankOf({ severity, accepted }: Finding): number {
  if (severity === 'error') return 0;
  return accepted === null ? 1 : 2;
}
