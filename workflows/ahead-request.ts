import { CHANGE_KINDS, type AheadRequest } from './contract.ts';

const MS_AN_HOUR = 3_600_000;

/** With its zone: a moment that two machines read differently is none. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** What a request for an approval ahead of time must have, and lacks; null where it is whole. */
export function malformedAhead(request: AheadRequest): string | null {
  const required = ['id', 'planHash', 'from', 'until', 'by'] as const;
  const missing = required.filter((name) => request[name] === '');
  if (missing.length > 0) return `The approval lacks ${missing.join(', ')}.`;
  if (request.reason.trim() === '') return 'This needs a reason: say why.';
  if (request.steps.length + request.kinds.length === 0) return 'It names no step and no kind of change.';
  const unknown = request.kinds.filter((kind) => !CHANGE_KINDS.includes(kind));
  if (unknown.length > 0) {
    return `${unknown.join(', ')} is no kind of change; ${CHANGE_KINDS.join(', ')} are.`;
  }
  return request.kinds.includes('existing-object')
    ? 'What was there before is known only when it is asked about: existing-object cannot be approved ahead of time.'
    : null;
}

/** Why the time between its two moments is none that the site lets it have, or null. */
export function refusalOfSpan({ from, until }: AheadRequest, maxHours: number, nowMs: number): string | null {
  for (const moment of [from, until]) {
    if (!MOMENT.test(moment) || Number.isNaN(Date.parse(moment))) {
      return `"${moment}" is no moment such as 2030-01-05T22:00:00Z.`;
    }
  }
  const ms = Date.parse(until) - Date.parse(from);
  if (ms <= 0) return `It would end (${until}) before it begins (${from}).`;
  if (Date.parse(until) <= nowMs) return `It would have ended already: ${until}.`;
  if (ms <= maxHours * MS_AN_HOUR) return null;
  return `It would last ${Math.round((ms / MS_AN_HOUR) * 10) / 10} hours; approvals.ahead.maxHours of the site file is ${maxHours}.`;
}
