import { inOnePiece, takenApart } from '../views/part.tsx';

/** Elements of a page to be replaced: the id of each, and what it is now. */
export type Replaced = readonly (readonly [id: string, html: string])[];

/** What must be replaced of a page: the parts that changed, or the whole of it, `id`, where more than parts did. */
export function changedParts(before: string, now: string, id = 'live'): Replaced {
  const [old, fresh] = [takenApart(before), takenApart(now)];
  if (old.skeleton !== fresh.skeleton) return [[id, inOnePiece(now)]];
  return [...fresh.parts].filter(([id, part]) => old.parts.get(id) !== part);
}
