import { z } from 'zod';
import { quorumFacts } from '../../facts.ts';
import { OperatorError } from '../../failures.ts';
import type { Ports } from '../../ports.ts';
import type { Site } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { everyNode, theFirstNode, type Placement } from '../hosts.ts';

/** A site without a witness has an odd number of nodes, and takes what is there. */
const theFirstNodeOfAVote: Placement = (site) =>
  site.cluster.witness.kind === 'none' ? [] : theFirstNode(site);

/**
 * The vote that lets one half of the nodes go on. A healthy witness of another kind is as good and stays; one
 * that is ill, or lies elsewhere, is changed only when a person agrees.
 *
 * Source: *Deploy a quorum witness*: the cluster's account needs full control of the share; *Set-ClusterQuorum*.
 * The key of a storage account cannot be read back (FailoverClusterDsc, xClusterQuorum).
 */
export const setWitness = defineChange({
  id: 'set-witness',
  title: 'Give the cluster its witness',
  why: 'Two nodes without one stop both when one of them is lost.',
  on: theFirstNodeOfAVote,
  holds: everyNode,
  patience: { applyMinutes: 5, settleMinutes: 5 },
  takes: (site) => ({
    cluster: site.cluster.name,
    netbios: site.directory.netbios,
    wanted: witnessOf(site.cluster.witness),
  }),

  observed: z.strictObject({
    /** Null while there is no cluster. */
    witness: z
      .strictObject({
        kind: z.enum(['none', 'fileShare', 'cloud', 'disk']),
        at: z.string().nullable(),
        isOnline: z.boolean(),
      })
      .nullable(),
    nodes: z.array(z.strictObject({ name: z.string(), state: z.string(), votes: z.number() })),
  }),
  async probe({ powershell }) {
    const { quorum } = await powershell.run('getQuorum', {});
    return { witness: quorum?.witness ?? null, nodes: quorum?.nodes ?? [] };
  },
  facts: ({ witness, nodes }, { cluster }) => [
    { about: 'witness', of: cluster, ...(witness ?? { kind: 'none', at: null, isOnline: false }) },
    ...quorumFacts(nodes),
  ],
  shortfall({ witness }, { cluster, wanted }) {
    if (witness === null) return [`There is no cluster ${cluster} to give a witness`];
    if (witness.kind === 'none') return [`${cluster} has no witness`];
    const isOther = witness.kind !== wanted.kind;
    const is = `The witness of ${cluster} is ${KINDS[witness.kind]} ${witness.at ?? ''}`;
    if (!witness.isOnline) return [`${is}, and it is not online`];
    return isOther || same(witness.at, wanted.at) ? [] : [`${is}, not ${wanted.at}`];
  },
  notes: ({ witness }, { wanted }) =>
    witness && witness.kind !== 'none' && witness.kind !== wanted.kind && witness.isOnline
      ? [`The healthy witness that is there (${KINDS[witness.kind]}) is left as it is`]
      : [],
  gate({ witness }, { cluster, wanted }) {
    if (witness === null || witness.kind === 'none') return null;
    if (witness.kind === wanted.kind && same(witness.at, wanted.at))
      return `Set the witness of ${cluster} anew, ${KINDS[wanted.kind]} ${wanted.at}, which is not online? Every role of the cluster depends on its vote.`;
    return `Change the witness of ${cluster} from ${KINDS[witness.kind]} ${witness.at ?? ''} to ${KINDS[wanted.kind]} ${wanted.at}? Every role of the cluster depends on its vote.`;
  },

  async apply({ powershell, secrets }, { cluster, netbios, wanted }, { before }) {
    if (before.witness === null) {
      throw new OperatorError(
        `This node belongs to no cluster ${cluster}`,
        'Create the cluster, then retry.',
      );
    }
    const key = wanted.key === null ? null : await secrets.resolve(wanted.key);
    const { kind, at, endpoint } = wanted;
    try {
      await powershell.run('setWitness', { kind, at, endpoint, key });
    } catch (error) {
      if (!(error instanceof OperatorError) || kind !== 'fileShare') throw error;
      throw new OperatorError(
        error.message,
        `Give the account of the cluster, ${netbios}\\${cluster}$, full control of ${at} (share and folder), then retry.`,
      );
    }
  },
  undo: {
    auto: ({ powershell }, { wanted }, { before }) => putBack(powershell, wanted, before.witness),
    residue: ['the key of a storage account that was the witness before: it cannot be read back'],
  },
});

type Seen = { readonly kind: 'none' | 'fileShare' | 'cloud' | 'disk'; readonly at: string | null } | null;

/** Back to what was seen, unless somebody has changed it since. */
async function putBack(
  powershell: Ports['powershell'],
  wanted: ReturnType<typeof witnessOf>,
  before: Seen,
): Promise<void> {
  const { quorum } = await powershell.run('getQuorum', {});
  if (before === null || quorum === null) return;
  const { kind, at } = quorum.witness;
  if (kind !== wanted.kind || !same(at, wanted.at)) return;
  if (before.kind === 'cloud') {
    throw new OperatorError(
      `The witness before was the storage account ${before.at ?? ''}, whose key cannot be read back`,
      'Set it by hand with Set-ClusterQuorum -CloudWitness, then skip.',
    );
  }
  await powershell.run('setWitness', { kind: before.kind, at: before.at, endpoint: null, key: null });
}

function witnessOf(witness: Site['cluster']['witness']) {
  const none = { endpoint: null, key: null };
  switch (witness.kind) {
    case 'fileShare':
      return { kind: witness.kind, at: witness.path, ...none };
    case 'disk':
      return { kind: witness.kind, at: witness.disk, ...none };
    case 'cloud':
      return { kind: witness.kind, at: witness.account, endpoint: witness.endpoint, key: witness.key };
    case 'none':
      return { kind: witness.kind, at: '', ...none };
  }
}

const KINDS = {
  none: 'none',
  fileShare: 'the file share',
  cloud: 'the storage account',
  disk: 'the disk',
} as const;

function same(one: string | null, other: string): boolean {
  return one?.replace(/\\+$/, '').toLowerCase() === other.replace(/\\+$/, '').toLowerCase();
}
