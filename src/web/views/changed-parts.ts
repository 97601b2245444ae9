import { inOnePiece, takenApart } from './part.tsx';

/** Elements of a page to be replaced: the id of each, and what it is now. */
export type Replaced = readonly (readonly [id: string, html: string])[];

/** What must be replaced of a page, which has the id `whole`: the parts that changed, or the whole of it where more than parts did. */
export function changedParts(before: string, now: string, whole = 'live'): Replaced {
  const [old, fresh] = [takenApart(before), takenApart(now)];
  if (old.skeleton !== fresh.skeleton) return [[whole, inOnePiece(now)]];
  return [...fresh.parts].filter(([id, part]) => old.parts.get(id) !== part);
}
