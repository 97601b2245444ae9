import type { AheadApproval } from '../../workflows/contract.ts';
import { counted } from './measures.ts';
import { dayAndTime, toned, wrapped, type Style } from './style.ts';

/** Approvals ahead of time: whose, of what, from when until when, and what came of each. */
export function presentAhead(ahead: readonly AheadApproval[], style: Style): readonly string[] {
  if (ahead.length === 0) return ['Nobody has approved anything of this run ahead of time.'];
  return ahead.flatMap((approval) => [
    `${toned(approval.id.slice(0, 8), 'moves', style)} ${approval.by}: ${[...approval.steps, ...approval.kinds].join(', ')}`,
    ...wrapped(
      `${dayAndTime(approval.from)} to ${dayAndTime(approval.until)}: ${approval.reason}`,
      4,
      style.width,
    ),
    ...wrapped(fateOf(approval), 4, style.width),
  ]);
}

function fateOf({ withdrawn, uses }: AheadApproval): string {
  const steps = [...new Set(uses.map(({ stepKey }) => stepKey))].join(', ');
  const used =
    uses.length === 0 ? 'Not used yet.' : `Used for ${counted(uses.length, 'question')}: ${steps}.`;
  if (withdrawn === null) return used;
  const why = withdrawn.reason === '' ? '' : ` (${withdrawn.reason})`;
  return `${used} Withdrawn at ${dayAndTime(withdrawn.at)} by ${withdrawn.by}${why}.`;
}
