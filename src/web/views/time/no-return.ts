import type { PlannedStep } from '../../../../workflows/contract.ts';
import type { Forecast } from './forecast.ts';
import type { Stretch } from '../../../present/stretches.ts';

/** From where on the run cannot take back all that it does. */
export interface NoReturn {
  readonly key: string;
  readonly atMs: number;
  readonly isEstimated: boolean;
}

/**
 * The first change that has no undo: when it began, or where it is expected to. Null where none was begun and
 * none is to come.
 */
export function pointOfNoReturn(
  planned: readonly PlannedStep[],
  stretches: readonly Stretch[],
  forecast: Forecast | null,
): NoReturn | null {
  const kept = planned.filter(({ kind, undo }) => kind === 'change' && undo.kind === 'kept');
  const keys = new Set(kept.map(({ key }) => key));
  const begun = stretches.find(({ key, pastime }) => pastime === 'applying' && keys.has(key));
  if (begun) return { key: begun.key, atMs: begun.fromMs, isEstimated: false };
  const expected = kept.flatMap(({ key }) => {
    const found = forecast?.steps.get(key);
    return found ? [{ key, atMs: found.startMs, isEstimated: true }] : [];
  });
  return expected.toSorted((one, other) => one.atMs - other.atMs)[0] ?? null;
}
