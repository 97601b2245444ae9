import { standingOf, type Proof, type Standing } from '../proof/evidence.ts';
import { sayPlace, stationsOf, type DrillKind, type Grounds, type Place } from './stations.ts';

/** A place of a drill, and what its probe package has come to there in this run. */
export interface Station extends Place {
  readonly standing: Standing;
}

/**
 * Where the evidence of a drill stands in the catalog: run, drill, number of the place, the place itself. The
 * executions are the drill's whole memory: whoever carries on after a crash reads from the first of them where
 * everything was before, and from the others how far it has come.
 */
export function evidencePrefix(drill: string, at: number, { role, primary }: Place): string {
  return `${drill}/${at}/role ${role}/primary ${primary}/`;
}

/** Where everything was when the drill began; null where it has not begun in this run. */
export function homeIn(drill: string, proofs: readonly Proof[]): Place | null {
  const first = proofs.find(({ evidence }) => evidence.startsWith(`${drill}/0/`));
  const [, role, primary] = /\/0\/role ([^/]+)\/primary ([^/]+)\//.exec(first?.evidence ?? '') ?? [];
  return role === undefined || primary === undefined ? null : { role, primary };
}

export interface DrillSoFar {
  /** Names run and drill. */
  readonly drill: string;
  readonly kind: DrillKind;
  readonly home: Place;
  readonly grounds: Grounds;
  readonly tries: number;
}

/** Throws an OperatorError where the probe package has failed at a place in this try. */
export function stationsSoFar(so: DrillSoFar, proofs: readonly Proof[]): Station[] {
  return stationsOf(so.kind, so.home, so.grounds).map((place, at) => {
    const prefix = evidencePrefix(so.drill, at, place);
    const own = proofs.filter(({ evidence }) => evidence.startsWith(prefix));
    return { ...place, standing: standingOf(own, so.tries, sayPlace(place)) };
  });
}
