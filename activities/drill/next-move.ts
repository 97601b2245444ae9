import type { DrillObserved } from './look-at-drill.ts';
import { isAt, sayPlace, type Place } from './stations.ts';

/** What a drill does next; each move is one that a look at the world has asked for. */
export type Move =
  | { readonly kind: 'move-role'; readonly to: string }
  | { readonly kind: 'fail-over'; readonly to: string }
  | { readonly kind: 'prove'; readonly at: number; readonly place: Place }
  /** Only time helps. */
  | { readonly kind: 'wait'; readonly packages: boolean; readonly reason: string }
  | { readonly kind: 'done' };

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
      return { kind: 'wait', packages: true, reason: `The probe package is running (${where})` };
    case 'quiet':
      return waitFor(
        `The probe package has succeeded (${where}), but none of its messages has reached SSISDB: see the log login, its SID and password on ${place.primary}`,
      );
    case 'good':
      return { kind: 'done' };
  }
}

/** The way back to where everything was before, whatever was proven. */
export function towards(wanted: Place, place: Place): Move | null {
  if (place.role !== wanted.role) return { kind: 'move-role', to: wanted.role };
  if (place.primary !== wanted.primary) return { kind: 'fail-over', to: wanted.primary };
  return null;
}

function unsound(troubles: readonly string[], silent: readonly string[]): string | null {
  const quiet = silent.length === 0 ? [] : [`Workers that have not reported since: ${silent.join(', ')}`];
  const all = [...troubles, ...quiet];
  return all.length === 0 ? null : all.join('; ');
}

function waitFor(reason: string): Move {
  return { kind: 'wait', packages: false, reason };
}
