import type { Site } from '../../site.ts';

/** How the replicas of a site are meant to commit and to fail over. */
export interface ReplicaPolicy {
  /** So many commit synchronously at most, the primary included. */
  readonly synchronousAtMost: number;
  readonly automatic: boolean;
}

/** Source: *Differences between availability modes*: three synchronous replicas in 2017, five from 2019 on. */
export function replicaPolicyOf(site: Site): ReplicaPolicy {
  return {
    synchronousAtMost: site.product.version === 2017 ? 3 : 5,
    automatic: site.availabilityGroup.replicas === 'synchronous-automatic',
  };
}

/**
 * The modes of the n-th node, counted from 0, the first node first. What is beyond the limit only follows, and
 * is never failed over to.
 */
export function wantedModes(at: number, { synchronousAtMost, automatic }: ReplicaPolicy) {
  if (at >= synchronousAtMost) return { availabilityMode: 'ASYNCHRONOUS_COMMIT', failoverMode: 'MANUAL' };
  return { availabilityMode: 'SYNCHRONOUS_COMMIT', failoverMode: automatic ? 'AUTOMATIC' : 'MANUAL' };
}
