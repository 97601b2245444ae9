import type { FactsSeen, Finding, TruthCell, Warning } from '../../../workflows/contract.ts';
import { counted } from '../../present/measures.ts';
import { Moment } from '../views/moment.tsx';

/* What the looks of a step told beside what was missing. */

/** Facts of the estate, as the last look of the step told them. */
export function FactsTold({ seen }: { readonly seen: FactsSeen | null }) {
  if (seen === null || seen.facts.length === 0) return null;
  return (
    <>
      <dt>Seen</dt>
      {seen.facts.map(({ about, of, ...values }) => (
        <dd>
          <Moment iso={seen.at} /> {about} of {of}: {Object.entries(values).map(inWords).join(', ')}
        </dd>
      ))}
    </>
  );
}

/** As it was told: evidence is not put into other words. */
function inWords([name, value]: readonly [
  string,
  string | number | boolean | null | readonly string[],
]): string {
  const text = typeof value === 'object' ? (value ?? []).join(', ') : String(value);
  return `${name} ${text === '' ? 'none' : text}`;
}

export function FindingsTold({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <>
      <dt>Found</dt>
      {findings.map(({ severity, host, seen, advice, accepted }) => (
        <dd>
          <span class={severity === 'error' ? 'bad' : 'asks'}>{severity}</span> {host}: {seen} {advice}
          {accepted !== null && ` Accepted by ${accepted.by} until ${accepted.until}: ${accepted.reason}`}
        </dd>
      ))}
    </>
  );
}

export function TruthTold({ cells }: { readonly cells: readonly TruthCell[] }) {
  if (cells.length === 0) return null;
  return (
    <>
      <dt>Places that must agree</dt>
      {cells.map(({ place, where, value, wanted, agrees }) => (
        <dd>
          {agrees ? <span class="good">agrees</span> : <span class="bad">differs</span>} {place}, {where}:{' '}
          <code>{value ?? 'not set'}</code>
          {!agrees && wanted !== null && (
            <>
              , wanted <code>{wanted}</code>
            </>
          )}
        </dd>
      ))}
    </>
  );
}

export function WarningsTold({ warnings }: { readonly warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null;
  return (
    <>
      <dt>Ahead</dt>
      {warnings.map(({ where, message, advice, daysLeft, isOver }) => (
        <dd>
          <span class={isOver ? 'bad' : 'asks'}>{isOver ? 'over' : 'warning'}</span> {where}: {message}{' '}
          {advice}
          {!isOver && daysLeft > 0 && ` ${counted(daysLeft, 'day')} left.`}
        </dd>
      ))}
    </>
  );
}
