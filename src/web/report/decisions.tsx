import type { Decision, StepSnapshot } from '../../../workflows/contract.ts';
import type { RunEvent } from '../../../workflows/journal/event.ts';
import { Moment } from '../views/moment.tsx';

interface DecisionsProps {
  readonly decisions: readonly Decision[];
  readonly steps: readonly StepSnapshot[];
  readonly events: readonly RunEvent[];
}

/** Who decided what and why, and what was refused. */
export function Decisions({ decisions, steps, events }: DecisionsProps) {
  const known = new Map(steps.map((step) => [step.key, step]));
  const moments = eventOfEach(events);
  return (
    <section id="decisions" aria-labelledby="decisions-title">
      <h2 id="decisions-title">Decisions</h2>
      {decisions.length === 0 ? (
        <p class="empty">Nobody decided anything.</p>
      ) : (
        <div class="scroll" tabindex={0} role="region" aria-label="Table of the decisions">
          <table class="decisions">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col">About</th>
                <th scope="col">Why</th>
                <th scope="col">Outcome</th>
                <th scope="col">Event</th>
              </tr>
            </thead>
            <tbody>
              {decisions.map((decision) => (
                <Row
                  decision={decision}
                  step={known.get(decision.stepKey ?? '') ?? null}
                  n={moments.get(decision.id) ?? null}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  readonly decision: Decision;
  readonly step: StepSnapshot | null;
  /** Number of the event that tells of it. */
  readonly n: number | null;
}

function Row({ decision, step, n }: RowProps) {
  const { at, by, verdict, stepKey, reason, refused } = decision;
  return (
    <tr class={refused === null ? '' : 'said bad'}>
      <td>
        <Moment iso={at} form="day" />
      </td>
      <th scope="row">{by}</th>
      <td>
        <strong>{verdict}</strong>
      </td>
      <td>
        {step?.title ?? stepKey ?? 'the whole run'} <span class="host">{step?.host}</span>
      </td>
      <td>{reason}</td>
      <td>{outcomeOf(decision)}</td>
      <td>
        {n !== null && (
          <button type="button" class="script-only" data-moment={n} aria-label={`Show event ${n}`} hidden>
            {n}
          </button>
        )}
      </td>
    </tr>
  );
}

function outcomeOf({ refused, expired, ahead }: Decision): string {
  if (refused !== null) return `refused: ${refused}`;
  if (expired) return 'expired';
  return ahead === undefined ? 'taken' : 'taken, given ahead of time';
}

function eventOfEach(events: readonly RunEvent[]): ReadonlyMap<string, number> {
  return new Map(events.flatMap(({ n, decisions = [] }) => decisions.map(({ id }) => [id, n] as const)));
}
