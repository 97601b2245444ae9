import { towards, type CommonMove } from './drill-moves.ts';
import type { DrillObserved } from './look-at-drill.ts';
import { isAt, sayPlace, type Place } from './stations.ts';

/** What a drill does next; each move is one that a look at the world has asked for. */
export type Move =
  | CommonMove
  | { readonly kind: 'prove'; readonly at: number; readonly place: Place }
  | { readonly kind: 'await-package'; readonly reason: string };

/**
 * Decides from what is seen alone, so that whoever carries on after a crash does what the one before would have
 * done: a place is left only when its probe package has succeeded and left messages, nothing is wrong there, and
 * every worker has reported since.
 */
export function nextMove({ place, home, stations, troubles, silent }: DrillObserved): Move {
  const open = stations.findIndex(({ standing }) => standing !== 'good');
  const proven = open === -1 ? stations.length - 1 : open - 1;
  const left = stations[proven];
  const isUnsound = left !== undefined && isAt(left, place) ? unsound(troubles, silent) : null;
  if (isUnsound !== null) return waitFor(isUnsound);

  const station = stations[open];
  if (station === undefined) return towards(home, place) ?? { kind: 'done' };
  const onTheWay = towards(station, place);
  if (onTheWay) return onTheWay;
  if (troubles.length > 0) return waitFor(troubles.join('; '));
  const where = sayPlace(station);
  switch (station.standing) {
    case 'missing':
      return { kind: 'prove', at: open, place: station };
    case 'running':
      return { kind: 'await-package', reason: `The probe package is running (${where})` };
    case 'quiet':
      return waitFor(
        `The probe package has succeeded (${where}), but none of its messages has reached SSISDB: see the log login, its SID and password on ${place.primary}`,
      );
    case 'good':
      return { kind: 'done' };
  }
}

function unsound(troubles: readonly string[], silent: readonly string[]): string | null {
  const quiet = silent.length === 0 ? [] : [`Workers that have not reported since: ${silent.join(', ')}`];
  const all = [...troubles, ...quiet];
  return all.length === 0 ? null : all.join('; ');
}

function waitFor(reason: string): Move {
  return { kind: 'wait', reason };
}
