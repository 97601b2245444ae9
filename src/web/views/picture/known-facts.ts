import { isMoving, type Fact } from '../../../../workflows/contract.ts';
import type { ShownStep } from '../../../client/shown-run.ts';

type About = Fact['about'];
export type FactAbout<Name extends About> = Extract<Fact, { readonly about: Name }>;

/** The latest that was told of something. */
export interface Known<Name extends About> {
  readonly fact: FactAbout<Name>;
  /** ISO 8601 */
  readonly at: string;
  /** The step that told of it changes something at the moment: it may be otherwise by now. */
  readonly isMoving: boolean;
}

/** What the looks of a run told of the estate, each thing as the latest look told it. */
export class KnownFacts {
  private readonly known = new Map<string, Known<About>>();

  constructor(steps: readonly ShownStep[]) {
    const told = steps.flatMap((step) => (step.seen ? [{ ...step.seen, isMoving: changes(step) }] : []));
    for (const { at, facts, isMoving: moves } of told.toSorted(byMoment)) {
      for (const fact of facts) this.tell(fact, { at, isMoving: moves });
    }
  }

  private tell(fact: Fact, told: Pick<Known<About>, 'at' | 'isMoving'>): void {
    const name = nameOf(fact.about, fact.of);
    this.known.delete(name);
    this.known.set(name, { fact, ...told });
  }

  of<Name extends About>(about: Name, of: string): Known<Name> | null {
    const known = this.known.get(nameOf(about, of));
    return known && isAbout(known, about) ? known : null;
  }

  /** The one that was told last stands last. */
  all<Name extends About>(about: Name): readonly Known<Name>[] {
    return [...this.known.values()].filter((known) => isAbout(known, about));
  }
}

/** What the cluster, the engine and the site call a host may differ in its cases. */
function nameOf(about: About, of: string): string {
  return `${about} ${of.toLowerCase()}`;
}

function isAbout<Name extends About>(
  known: Known<About>,
  about: Name,
): known is Known<About> & { readonly fact: FactAbout<Name> } {
  return known.fact.about === about;
}

function byMoment(one: { readonly at: string }, other: { readonly at: string }): number {
  return Date.parse(one.at) - Date.parse(other.at);
}

function changes(step: ShownStep): boolean {
  return isMoving(step) && step.state !== 'probing';
}
