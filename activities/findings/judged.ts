import type { Acceptance, FoundFinding, Look } from '../../workflows/contract.ts';
import { adviceFor, sheetOf, type Finding } from '../requests/lines.ts';
import { covers } from '../restart/wanted.ts';
import { isoDay } from './accepted.ts';
import { FINDINGS } from './known.ts';

/** Where and when something was found, and what people have accepted there. */
export interface Circumstances {
  readonly host: string;
  readonly accepted: readonly Acceptance[];
  readonly now: Date;
}

type Judged = Pick<Look, 'shortfall' | 'gate' | 'notes' | 'advice'> & {
  readonly findings: readonly FoundFinding[];
};

/** What a check says of its findings: errors stop the run, warnings that nobody has accepted are asked about. */
export function judged(findings: readonly Finding[], circumstances: Circumstances): Judged {
  const found = findings.map((finding) => ({ finding, told: told(finding, circumstances) }));
  const errors = found.filter(({ told: { severity } }) => severity === 'error');
  const open = found.filter(
    ({ told: { severity, accepted } }) => severity === 'warning' && accepted === null,
  );
  return {
    findings: found.map(({ told: one }) => one),
    shortfall: errors.map(({ finding }) => finding.fault),
    gate: open.length === 0 ? null : 'Go on all the same, for this run only?',
    notes: open.map(({ told: { seen, id, advice } }) => `${seen} (${id}). ${advice}`),
    advice: errors.length === 0 ? null : adviceOn(errors.map(({ finding }) => finding)),
  };
}

/** All that is to be done, once each, and where those find it who have to do it. */
function adviceOn(errors: readonly Finding[]): string {
  const advice = [...new Set(errors.map(adviceOf))];
  return adviceFor(errors, `${advice.join(' ')} Then retry.`);
}

function told(finding: Finding, { host, accepted, now }: Circumstances): FoundFinding {
  const { severity, breaks } = FINDINGS[finding.id];
  const today = isoDay(now);
  const fitting = severity === 'error' ? [] : accepted.filter((one) => fits(one, finding));
  const valid = fitting.find(({ until }) => until >= today);
  const over = valid ? undefined : fitting[0];
  return {
    id: finding.id,
    severity,
    host,
    seen: over
      ? `${finding.fault}; ${over.by} accepted it until ${over.until}, which is over`
      : finding.fault,
    advice: adviceOf(finding),
    breaks: finding.breaks ?? breaks,
    sheet: sheetOf(finding),
    ...(finding.restart && { restart: finding.restart }),
    accepted: valid ? { by: valid.by, reason: valid.reason, until: valid.until } : null,
  };
}

function adviceOf({ id, advice }: Finding): string {
  return advice ?? FINDINGS[id].advice;
}

function fits(accepted: Acceptance, { id, restart }: Finding): boolean {
  if (accepted.finding !== id) return false;
  return restart === undefined ? accepted.source === null : covers(accepted.source, restart);
}
