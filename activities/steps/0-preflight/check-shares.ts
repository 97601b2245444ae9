import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import type { Finding, Line } from '../../requests/lines.ts';
import { everyNode } from '../hosts.ts';

/**
 * The shares that the procedure writes to. Only whether they are there and let the operator see them can be
 * asked without writing; the share of the witness belongs to the cluster alone, so that it may be closed.
 *
 * Source: *Deploy a file share witness*; domain facts, 1.5, 2.2, 2.4 and C10.
 */
export const checkShares = defineFindings({
  id: 'check-shares',
  title: 'Look for the shares',
  why: 'Certificates, keys and copies of SSISDB travel through them.',
  on: everyNode,
  after: [{ sameHost: 'check-host' }],
  takes({ directory, availabilityGroup, catalog, cluster }, host) {
    const { witness } = cluster;
    return {
      host,
      own: [directory.exchange, availabilityGroup.seeding.share, catalog.masterKeyBackup.path],
      witness: witness.kind === 'fileShare' ? witness.path : null,
    };
  },

  observed: z.strictObject({
    shares: z.array(z.strictObject({ path: z.string(), state: z.enum(['open', 'closed', 'missing']) })),
  }),
  probe: ({ powershell }, { own, witness }) =>
    powershell.run('getShares', { paths: [...own, ...(witness === null ? [] : [witness])] }),
  findings: ({ shares }, input) => findings(shares, input),
});

/** In the order of the shares that are not the witness's. */
const OWN: readonly { readonly line: Line; readonly breaks: readonly string[] }[] = [
  { line: 'exchange-share', breaks: ['share-master-certificate', 'import-master-certificate'] },
  { line: 'seeding-share', breaks: ['seed-secondary'] },
  { line: 'key-backup', breaks: ['back-up-master-key'] },
];
const WITNESS: (typeof OWN)[number] = { line: 'witness-share', breaks: ['set-witness'] };

function findings(
  shares: readonly { readonly path: string; readonly state: 'open' | 'closed' | 'missing' }[],
  { host, own }: { readonly host: string; readonly own: readonly string[] },
): readonly Finding[] {
  return shares.flatMap(({ path, state }): readonly Finding[] => {
    const use = OWN[own.indexOf(path)] ?? WITNESS;
    if (state === 'missing') return [{ id: 'share-missing', ...use, fault: `${host} does not find ${path}` }];
    if (state === 'open' || use === WITNESS) return [];
    return [{ id: 'share-closed', ...use, fault: `${path} is closed to the operator on ${host}` }];
  });
}
