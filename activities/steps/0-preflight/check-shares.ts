import { z } from 'zod';
import { adviceFor, faultsOf, type Finding, type Line } from '../../requests/lines.ts';
import { defineCheck } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * The shares that the procedure writes to. Only whether they are there and let the operator see them can be
 * asked without writing; the share of the witness belongs to the cluster alone, so that it may be closed.
 *
 * Source: *Deploy a file share witness*; domain facts, 1.5, 2.2, 2.4 and C10.
 */
export const checkShares = defineCheck({
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
  shortfall: ({ shares }, input) => faultsOf(findings(shares, input)),
  advice: ({ shares }, input) =>
    adviceFor(
      findings(shares, input),
      'Have the share made, with full control for the operator (of the witness: for the cluster), then retry.',
    ),
});

/** In the order of the shares that are not the witness's. */
const LINES: readonly Line[] = ['exchange-share', 'seeding-share', 'key-backup'];

function findings(
  shares: readonly { readonly path: string; readonly state: 'open' | 'closed' | 'missing' }[],
  { host, own }: { readonly host: string; readonly own: readonly string[] },
): readonly Finding[] {
  return shares.flatMap(({ path, state }) => {
    const line = own.includes(path) ? (LINES[own.indexOf(path)] ?? null) : 'witness-share';
    if (state === 'missing') return [{ line, fault: `${host} does not find ${path}` }];
    if (state === 'open' || !own.includes(path)) return [];
    return [{ line, fault: `${path} is closed to the operator on ${host}` }];
  });
}
