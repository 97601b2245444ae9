import type { Decision, RunSnapshot } from '../../workflows/contract.ts';

/**
 * The verdict that ends a run which still goes on, as whoever said it, or as silence did; null where nobody has. The
 * first one stands; *undo* may still follow *stop*.
 */
export function endSaid({ endedAt, decisions }: Pick<RunSnapshot, 'endedAt' | 'decisions'>): Decision | null {
  if (endedAt !== null) return null;
  const taken = (meant: 'stop' | 'undo') =>
    decisions.find(({ verdict, refused }) => verdict === meant && refused === null);
  return taken('undo') ?? taken('stop') ?? null;
}
