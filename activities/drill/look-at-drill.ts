import { z } from 'zod';
import type { Ports, SqlTarget } from '../ports.ts';
import { PROBE, type Proof } from '../proof/evidence.ts';
import type { LookContext } from '../step-spec.ts';
import { homeIn, stationsSoFar } from './evidence-of-drill.ts';
import { lookAtPlace, type DrillGrounds } from './look-at-place.ts';
import type { DrillKind, Grounds, Place } from './stations.ts';

const place = z.strictObject({ role: z.string(), primary: z.string() });

export const standing = z.enum(['missing', 'running', 'quiet', 'good']);

export const drillObserved = z.strictObject({
  place,
  home: place,
  stations: z.array(place.extend({ standing })),
  /** What is not as it should be where everything is now. */
  troubles: z.array(z.string()),
  /** Workers that have not reported since the last probe package was started. */
  silent: z.array(z.string()),
});

export type DrillObserved = z.output<typeof drillObserved>;

/** The whole of a drill: where everything is, and what has been proven where in this run. */
export async function lookAtDrill(
  ports: Ports,
  input: DrillGrounds & { readonly id: string; readonly kind: DrillKind },
  { runId, tries }: LookContext,
): Promise<DrillObserved> {
  const seen = await lookAtPlace(ports, input);
  const drill = `${runId}/${input.id}`;
  const proofs = await proofsOf(ports, { drill, primary: seen.primary, waitSeconds: 0 });
  const home = homeIn(drill, proofs) ?? seen.place;
  const so = { drill, kind: input.kind, home, grounds: groundsOf(seen.grounds, home), tries };
  return {
    place: seen.place,
    home,
    stations: stationsSoFar(so, proofs),
    troubles: [...seen.roleTroubles, ...seen.copyTroubles],
    silent: silentSince(proofs),
  };
}

export interface ProofsMeant {
  /** Names run and drill. */
  readonly drill: string;
  readonly primary: SqlTarget;
  /** Waits for the end of those under way, this long at most. */
  readonly waitSeconds: number;
}

export async function proofsOf(
  { sql }: Pick<Ports, 'sql'>,
  { drill, primary, waitSeconds }: ProofsMeant,
): Promise<readonly Proof[]> {
  const { proofs } = await sql.run('getProofs', { ...PROBE, prefix: `${drill}/`, waitSeconds }, primary);
  return proofs ?? [];
}

export function silentSince(proofs: readonly Proof[]): string[] {
  return proofs.at(-1)?.silent.map(({ machine }) => machine) ?? [];
}

/** Home is always a place to go back to, whatever the cluster says of it meanwhile. */
function groundsOf({ owners, replicas }: Grounds, home: Place): Grounds {
  return { owners, replicas: replicas.includes(home.primary) ? replicas : [home.primary, ...replicas] };
}
