/** Something that lasts. */
export interface Lasting {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Puts what lasts into as few lanes as it takes for nothing to lie upon anything else; each goes into the first
 * lane that is free when it begins.
 */
export function inLanes<Item extends Lasting>(items: readonly Item[]): readonly (readonly Item[])[] {
  const lanes: Item[][] = [];
  for (const item of items.toSorted((one, other) => one.fromMs - other.fromMs || one.toMs - other.toMs)) {
    const free = lanes.find((lane) => (lane.at(-1)?.toMs ?? 0) <= item.fromMs);
    if (free) free.push(item);
    else lanes.push([item]);
  }
  return lanes;
}
