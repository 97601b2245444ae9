import type { RunSnapshot } from '../workflows/contract.ts';

/**
 * Whether one snapshot of a run was taken before another, as far as both can tell. A worker that takes a run
 * over tells again what the one before it told already; such an echo may not replace what came later.
 */
export function isOlder(snapshot: RunSnapshot, than: RunSnapshot): boolean {
  const one = ageOf(snapshot);
  const other = ageOf(than);
  for (const [place, value] of one.entries()) {
    const compared = other[place] ?? value;
    if (value !== compared) return value < compared;
  }
  return false;
}

/** What only ever grows in a run, the most telling first. When a question was asked goes with the question. */
function ageOf(snapshot: RunSnapshot): readonly (number | string)[] {
  const { steps, decisions } = snapshot;
  const instants = [
    snapshot.startedAt,
    ...steps.flatMap((step) => [step.startedAt, step.endedAt]),
    ...decisions.map((decision) => decision.at),
  ].filter((instant) => instant !== null);
  return [
    snapshot.endedAt === null ? 0 : 1,
    decisions.length,
    instants.reduce((latest, instant) => (instant > latest ? instant : latest), ''),
    steps.reduce((sum, step) => sum + step.tries, 0),
  ];
}
