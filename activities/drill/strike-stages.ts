import { z } from 'zod';
import { evidenceOf, PROBE, standingOf, type Standing } from '../proof/evidence.ts';
import type { Ports } from '../ports.ts';
import { primaryTarget } from '../primary.ts';
import type { LookContext } from '../step-spec.ts';
import { towards, type CommonMove } from './drill-moves.ts';
import { proofsOf, silentSince, standing } from './look-at-drill.ts';
import { lookAtPlace } from './look-at-place.ts';
import { hasStruck, type Strike } from './strike.ts';
import { isAt } from './stations.ts';

/** What is proven: before the strike, right after it wherever things have gone, and back home. */
const STAGES = ['before', 'after', 'back'] as const;
type Stage = (typeof STAGES)[number];

const place = z.strictObject({ role: z.string(), primary: z.string() });

export const strikeObserved = z.strictObject({
  place,
  home: place,
  hasStruck: z.boolean(),
  before: standing,
  after: standing,
  back: standing,
  roleTroubles: z.array(z.string()),
  copyTroubles: z.array(z.string()),
  silent: z.array(z.string()),
});

export type StrikeObserved = z.output<typeof strikeObserved>;

export async function lookAtStrike(
  ports: Ports,
  strike: Strike,
  context: LookContext,
): Promise<StrikeObserved> {
  const drill = `${context.runId}/${strike.id}`;
  const primary = await primaryTarget(ports, strike.replicas);
  const proofs = await proofsOf(ports, { drill, primary, waitSeconds: 0 });
  const [, role, at] = /\/before\/role ([^/]+)\/primary ([^/]+)\//.exec(proofs[0]?.evidence ?? '') ?? [];
  const of = (stage: Stage): Standing =>
    standingOf(
      proofs.filter(({ evidence }) => evidence.startsWith(`${drill}/${stage}/`)),
      context.tries,
      `${stage} the strike`,
    );
  const after = of('after');
  const struck = after === 'good' || (await hasStruck(ports, strike, context));
  // While the node is away its services cannot be asked for, and need not be.
  const isAway = strike.kind === 'node' && struck && after !== 'good';
  const seen = await lookAtPlace(ports, strike, isAway ? strike.victim : null);
  return {
    place: seen.place,
    home: role !== undefined && at !== undefined ? { role, primary: at } : seen.place,
    hasStruck: struck,
    before: of('before'),
    after,
    back: of('back'),
    roleTroubles: [...seen.roleTroubles],
    copyTroubles: [...seen.copyTroubles],
    silent: silentSince(proofs),
  };
}

export type StrikeMove =
  | CommonMove
  | { readonly kind: 'strike' }
  | { readonly kind: 'prove'; readonly stage: Stage }
  | { readonly kind: 'await-package'; readonly reason: string };

/** As with other drills, decided from what is seen alone. */
export function nextStrikeMove(seen: StrikeObserved, { kind, victim }: Strike): StrikeMove {
  const { place: now, home, before, after, back, roleTroubles, copyTroubles } = seen;
  const all = [...roleTroubles, ...copyTroubles];
  if (before !== 'good') return proveAt('before', before, all);
  if (!seen.hasStruck) {
    const scene = kind === 'service' ? { ...home, role: victim } : { role: victim, primary: victim };
    return towards(scene, now) ?? (all.length > 0 ? waitFor(all) : { kind: 'strike' });
  }
  if (after !== 'good') {
    const remains = kind === 'node' && (now.role === victim || now.primary === victim);
    return proveAt(
      'after',
      after,
      remains ? [`${victim} has been lost, but it is still where it was`] : roleTroubles,
    );
  }
  const silent = seen.silent.map((worker) => `${worker} has not reported since`);
  if (back !== 'good' && isAt(home, now)) return proveAt('back', back, all);
  if (all.length + silent.length > 0) return waitFor([...all, ...silent]);
  return towards(home, now) ?? { kind: 'done' };
}

export async function proveStage(
  ports: Ports,
  strike: Strike,
  stage: Stage,
  context: LookContext,
): Promise<void> {
  const without = strike.kind === 'node' && stage === 'after' ? strike.victim : null;
  const { place: now, primary } = await lookAtPlace(ports, strike, without);
  const prefix = `${context.runId}/${strike.id}/${stage}/role ${now.role}/primary ${now.primary}/`;
  await ports.sql.run(
    'startProof',
    { ...PROBE, evidence: evidenceOf(prefix, context.tries), agentId: null },
    primary,
  );
}

export function sayStages({ before, after, back }: StrikeObserved): string[] {
  const proven = { before, after, back };
  return STAGES.filter((stage) => proven[stage] !== 'good').map((stage) => SAID[stage]);
}

const SAID: Readonly<Record<Stage, string>> = {
  before: 'Not proven in this run: the probe package before it',
  after: 'Not proven in this run: the probe package right after it',
  back: 'Not proven in this run: the probe package with everything back',
};

function proveAt(stage: Stage, now: Standing, troubles: readonly string[]): StrikeMove {
  if (troubles.length > 0) return waitFor(troubles);
  if (now === 'missing') return { kind: 'prove', stage };
  if (now === 'running')
    return { kind: 'await-package', reason: `The probe package is running (${stage} the strike)` };
  return waitFor([
    `The probe package has succeeded (${stage} the strike), but none of its messages has reached SSISDB`,
  ]);
}

function waitFor(reasons: readonly string[]): StrikeMove {
  return { kind: 'wait', reason: reasons.join('; ') };
}
