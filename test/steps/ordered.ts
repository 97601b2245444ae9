import type { PlannedStep } from '../../workflows/contract.ts';

/** What must have come to its end before a step begins, however the run goes. */
export class Ordered {
  private readonly before = new Map<string, ReadonlySet<string>>();

  constructor(plan: readonly PlannedStep[]) {
    for (const { key, after } of plan) {
      const all = new Set(after);
      for (const earlier of after) this.before.get(earlier)?.forEach((one) => all.add(one));
      this.before.set(key, all);
    }
  }

  isBefore(first: string, then: string): boolean {
    return this.before.get(then)?.has(first) ?? false;
  }
}

/** Whether two steps may run at the same time: neither waits for the other, and no host is held by both. */
export function mayOverlap(one: PlannedStep, other: PlannedStep, ordered: Ordered): boolean {
  if (ordered.isBefore(one.key, other.key) || ordered.isBefore(other.key, one.key)) return false;
  return !one.holds.some((host) => other.holds.includes(host));
}
