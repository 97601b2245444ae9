import { z } from 'zod';
import type { Warning } from '../../../workflows/contract.ts';
import { defineForesight, warning } from '../../ahead/define-foresight.ts';
import { machineOf, quorumFacts } from '../../facts.ts';
import { TransientError } from '../../failures.ts';
import type { Ports } from '../../ports.ts';
import { primaryTarget, replicasOf, targetOf, type Replicas } from '../../primary.ts';
import { isMachine } from '../../worker/client-certificate.ts';
import { theFirstNode } from '../hosts.ts';

/** Three heartbeats of a worker. Source: *Worker*, AgentHeartbeatInterval: one minute. */
const SILENT_MINUTES = 3;

/**
 * What will hurt at the next failure: a witness that is away, a node that is down, a worker that nobody has heard
 * of, back-ups that have stopped.
 *
 * Source: domain facts, 1.5, 9.3 and C10; *backupset*.
 */
export const lookAheadOnEstate = defineForesight({
  id: 'look-ahead-on-estate',
  title: 'Look what lies ahead of the cluster and SSISDB',
  why: 'What is missing shows only when it is needed.',
  on: theFirstNode,
  after: [],
  takes: (site) => ({
    cluster: site.cluster.name,
    group: site.availabilityGroup.name,
    wantsWitness: site.cluster.witness.kind !== 'none',
    workers: site.workers.map(({ name }) => name).join(' '),
    fullEveryHours: site.catalog.backups.fullEveryHours,
    logEveryMinutes: site.catalog.backups.logEveryMinutes,
    replicas: { ...replicasOf(site) },
  }),

  observed: z.strictObject({
    quorum: z
      .strictObject({
        cluster: z.string(),
        nodes: z.array(z.strictObject({ name: z.string(), state: z.string(), votes: z.number() })),
        witness: z.strictObject({ kind: z.string(), at: z.string().nullable(), isOnline: z.boolean() }),
      })
      .nullable(),
    copies: z.array(
      z.strictObject({ server: z.string(), isSynchronized: z.boolean(), isHealthy: z.boolean() }),
    ),
    workers: z.array(
      z.strictObject({ machine: z.string(), enabled: z.boolean(), silentMinutes: z.number().nullable() }),
    ),
    /** Of the newest on any replica; null where none remembers one. */
    fullMinutes: z.number().nullable(),
    logMinutes: z.number().nullable(),
  }),
  async probe(ports, { group: name, replicas }) {
    const { quorum } = await ports.powershell.run('getQuorum', {});
    const primary = await primaryTarget(ports, replicas);
    const { group } = await ports.sql.run('getGroupHealth', { group: name }, primary);
    const { agents } = await ports.sql.run('getWorkerAgents', { freshSeconds: SILENT_MINUTES * 60 }, primary);
    return {
      quorum,
      copies: (group?.replicas ?? []).map(({ server, isSynchronized, isHealthy }) => ({
        server,
        isSynchronized,
        isHealthy,
      })),
      workers: (agents ?? []).map(({ machine, enabled, silentMinutes }) => ({
        machine,
        enabled,
        silentMinutes,
      })),
      ...(await newestBackups(ports, replicas)),
    };
  },
  facts: ({ quorum, copies, workers }, { cluster }) => [
    ...(quorum ? [{ about: 'witness' as const, of: cluster, ...quorum.witness }] : []),
    ...quorumFacts(quorum?.nodes ?? []),
    ...copies.map(({ server, isSynchronized, isHealthy }) => ({
      about: 'copy' as const,
      of: machineOf(server),
      state: isSynchronized ? 'SYNCHRONIZED' : 'NOT SYNCHRONIZED',
      isReady: isHealthy,
    })),
    ...workers.map(({ machine, enabled, silentMinutes }) => ({
      about: 'intake' as const,
      of: machine,
      isEnabled: enabled,
      isOnline: silentMinutes !== null && silentMinutes <= SILENT_MINUTES,
    })),
  ],
  warnings: (seen, input) => [
    ...witnessWarnings(seen, input),
    ...downNodes(seen).map((node) =>
      warning(
        'cluster',
        `${node} is not up in ${input.cluster}`,
        `Bring ${node} back: until then it stands in for nobody.`,
      ),
    ),
    ...input.workers.split(' ').flatMap((worker) => workerWarnings(worker, seen.workers)),
    ...backupWarnings(seen, input),
  ],
});

function downNodes({ quorum }: Seen): readonly string[] {
  return (quorum?.nodes ?? []).filter(({ state }) => state !== 'Up').map(({ name }) => name);
}

function standingOf(
  witness: { readonly kind: string; readonly isOnline: boolean } | undefined,
): 'online' | 'offline' | 'none' {
  if (witness === undefined || witness.kind === 'none') return 'none';
  return witness.isOnline ? 'online' : 'offline';
}

async function newestBackups({ sql }: Ports, replicas: Replicas) {
  const ages = await Promise.all(
    replicas.nodes.map((node) =>
      sql.run('getBackupAges', {}, targetOf(node, replicas)).catch((error: unknown) => {
        // A node that is away is told of as such; what the others remember counts.
        if (error instanceof TransientError) return { fullMinutes: null, logMinutes: null };
        throw error;
      }),
    ),
  );
  const newest = (of: 'fullMinutes' | 'logMinutes') => {
    const known = ages.map((one) => one[of]).filter((minutes) => minutes !== null);
    return known.length === 0 ? null : Math.min(...known);
  };
  return { fullMinutes: newest('fullMinutes'), logMinutes: newest('logMinutes') };
}

interface Seen {
  readonly quorum: {
    readonly nodes: readonly { readonly name: string; readonly state: string }[];
    readonly witness: { readonly kind: string; readonly isOnline: boolean };
  } | null;
  readonly workers: readonly {
    readonly machine: string;
    readonly enabled: boolean;
    readonly silentMinutes: number | null;
  }[];
  readonly fullMinutes: number | null;
  readonly logMinutes: number | null;
}

function witnessWarnings(
  { quorum }: Seen,
  { cluster, wantsWitness }: { readonly cluster: string; readonly wantsWitness: boolean },
): Warning[] {
  const witness = standingOf(quorum?.witness);
  if (!wantsWitness || witness === 'online') return [];
  const what = witness === 'none' ? `${cluster} has no witness` : `The witness of ${cluster} is offline`;
  return [
    warning(
      'cluster',
      what,
      'Start a run, which gives the cluster its witness: until then one node too few ends it.',
    ),
  ];
}

function workerWarnings(worker: string, known: Seen['workers']): Warning[] {
  const own = known.filter(({ machine }) => isMachine(machine, worker));
  const heard = own.map(({ silentMinutes }) => silentMinutes).filter((minutes) => minutes !== null);
  const advice = `See that SSISScaleOutWorker runs on ${worker} and meets the Master, then start a run.`;
  if (own.length === 0) return [warning(worker, `SSISDB knows no worker on ${worker}`, advice)];
  if (heard.length === 0) return [warning(worker, `The worker on ${worker} has never reported`, advice)];
  const silent = Math.min(...heard);
  return [
    ...(silent > SILENT_MINUTES
      ? [warning(worker, `The worker on ${worker} has not reported for ${age(silent)}`, advice)]
      : []),
    ...(own.some(({ enabled }) => enabled)
      ? []
      : [
          warning(
            worker,
            `The worker on ${worker} is disabled and takes no tasks`,
            'Enable it, or start a run, which does.',
          ),
        ]),
  ];
}

/** A log is in time that ends twice as long ago as the site says; a new chain needs none before that either. */
function backupWarnings(
  { fullMinutes, logMinutes }: Seen,
  { fullEveryHours, logEveryMinutes }: { readonly fullEveryHours: number; readonly logEveryMinutes: number },
): Warning[] {
  const advice =
    'See that the back-ups of the site, or their jobs and SQL Server Agent, run on whichever node is primary.';
  const told = (what: string, minutes: number | null, every: string) =>
    warning(
      'primary',
      minutes === null
        ? `No replica remembers a ${what} back-up of SSISDB`
        : `The newest ${what} back-up of SSISDB is ${age(minutes)} old; the site file wants one every ${every}`,
      advice,
    );
  const covered = Math.min(logMinutes ?? Infinity, fullMinutes ?? Infinity);
  return [
    ...(fullMinutes === null || fullMinutes > 2 * 60 * fullEveryHours
      ? [told('full', fullMinutes, `${fullEveryHours} hours`)]
      : []),
    ...(covered > 2 * logEveryMinutes ? [told('log', logMinutes, `${logEveryMinutes} minutes`)] : []),
  ];
}

function age(minutes: number): string {
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2880 ? `${Math.floor(minutes / 60)} hours` : `${Math.floor(minutes / 1440)} days`;
}
