import type { About, ChangeKind, ExpiryVerdict, Interrupted, Verdict } from './contract.ts';

/** What a person is asked. The answer's type is the list of what is offered. */
export interface Asked<Offer extends Verdict> {
  readonly about: About;
  readonly offers: readonly Offer[];
  readonly interrupts: readonly Interrupted[];
  readonly seen: readonly string[];
  /** What kinds of change an approval lets happen; none where nothing is to be approved. */
  readonly kinds?: readonly ChangeKind[];
  /** In which window it would begin. */
  readonly window?: { readonly inWords: string; readonly opensAt: string } | null;
  /** Who approves must say why. */
  readonly needsReason?: true;
  /** Milliseconds after which it is withdrawn by itself; left out: never. */
  readonly lastsMs?: number;
  /** What becomes of the run then. */
  readonly onExpiry?: ExpiryVerdict;
}
