import type { Finding, StepSnapshot } from '../../workflows/contract.ts';
import type { Site } from '../../activities/site.ts';
import { sameName } from '../../activities/same-name.ts';
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
export function findingsOf({ steps }: ShownRun, { accepted }: Site): readonly ShownFinding[] {
  const found = onceEach(steps.flatMap(ofStep));
  const places = new Map(steps.map(({ key }, at) => [key, at]));
  const placeOf = ({ breaks }: Finding) => places.get(breaks ?? '') ?? steps.length;
  return [...found, ...inVain(found, accepted, steps)].toSorted(
    (one, other) => rankOf(one) - rankOf(other) || placeOf(one) - placeOf(other),
  );
}

function ofStep(step: StepSnapshot): readonly ShownFinding[] {
  const told = (step.findings ?? []).map((finding) => ({ ...finding, step: step.key }));
  const { problem, shortfall } = step;
  if (problem === null || told.some(({ severity }) => severity === 'error')) return told;
  if (shortfall.length === 0) return [...told, unseen(step, problem)];
  return shortfall.map((seen) => ({ ...unseen(step, problem), id: step.id, seen }));
}

const NOT_SEEN = 'not-seen';

/** What could not be looked at is a finding as well. */
function unseen(
  { key, host }: StepSnapshot,
  { message, advice }: NonNullable<StepSnapshot['problem']>,
): ShownFinding {
  return {
    id: NOT_SEEN,
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

/** A warning that comes and goes by itself may be accepted before it is there. */
const COMES_AND_GOES: readonly string[] = ['restart-pends'];

/** What the site file accepts and nobody found: it would hide the day on which it is there after all. */
function inVain(
  found: readonly ShownFinding[],
  accepted: Site['accepted'],
  steps: readonly StepSnapshot[],
): readonly ShownFinding[] {
  const [first] = steps;
  if (first === undefined || found.some(({ id }) => id === NOT_SEEN)) return [];
  const isFound = ({ finding, host }: Site['accepted'][number]) =>
    found.some((one) => one.id === finding && (host === undefined || sameName(one.host, host)));
  return accepted
    .filter((one) => !COMES_AND_GOES.includes(one.finding) && !isFound(one))
    .map(({ finding, host, by }) => ({
      id: 'accepted-in-vain',
      severity: 'warning',
      host: host ?? first.host,
      step: first.key,
      breaks: null,
      seen: `The site file accepts ${finding}${host === undefined ? '' : ` on ${host}`} (${by}), and nothing of the kind is there`,
      advice: 'Take it out of the site file.',
      sheet: null,
      accepted: null,
    }));
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
