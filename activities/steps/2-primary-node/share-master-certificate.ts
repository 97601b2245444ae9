import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import type { Ports } from '../../ports.ts';
import {
  publishedCertificate,
  takesMasterCertificate,
  travellingPfx,
  usableMasterCertificates,
} from '../../setup/master-certificate.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * The public half goes to the exchange share, from where every worker takes it; it is no secret and stays.
 * A PFX that lies on a disk of the first node goes there too, encrypted as it is, until the other nodes have
 * imported it. Setup writes a `.cer` of its own, but whether also for a certificate that it was given is not
 * known: so it is written here.
 *
 * Source: *Walkthrough*, add workers; *Export-Certificate*.
 */
export const shareMasterCertificate = defineChange({
  id: 'share-master-certificate',
  title: "Put the certificate's public half on the exchange share",
  why: 'Every worker must trust the Master, and every other node needs its key.',
  on: theFirstNode,
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes: (site) => ({
    ...takesMasterCertificate(site),
    published: publishedCertificate(site),
    travelling: travellingPfx(site),
  }),

  observed: z.strictObject({
    inRoot: z.string().nullable(),
    published: z.string().nullable(),
    hasTravelling: z.boolean(),
  }),
  async probe(ports, { fullName, shortName, published, travelling }) {
    const [inRoot = null] = await usableMasterCertificates(ports, [fullName, shortName]);
    const { thumbprint } = await ports.powershell.run('getCertificateFile', { path: published });
    return { inRoot, published: thumbprint, hasTravelling: await exists(ports, travelling) };
  },
  /** The PFX is asked for only as long as the public half is: once the nodes have it, it is gone from there. */
  shortfall({ inRoot, published }, input) {
    if (inRoot === null) return [`There is no certificate of ${input.fullName} to share`];
    if (published === inRoot) return [];
    return [`${input.published} does not hold ${inRoot}${published === null ? '' : `, but ${published}`}`];
  },

  async apply({ powershell }, { fullName, pfx, published, travelling }, { before }) {
    if (before.inRoot === null) {
      throw new OperatorError(
        `There is no certificate of ${fullName} in LocalMachine\\Root`,
        'Let the step that puts it there come first, then retry.',
      );
    }
    if (travelling !== null && !before.hasTravelling) {
      await powershell.run('copyFile', { from: pfx, to: travelling });
    }
    await powershell.run('publishCertificate', { store: 'Root', thumbprint: before.inRoot, path: published });
  },
  undo: {
    async auto(ports, { published, travelling }, { before }) {
      const { powershell } = ports;
      if (before.published !== before.inRoot) await powershell.run('removeFile', { path: published });
      if (travelling !== null && !before.hasTravelling)
        await powershell.run('removeFile', { path: travelling });
    },
    residue: ['an older certificate that the exchange share held under the same name is not put back'],
  },
});

async function exists({ powershell }: Ports, path: string | null): Promise<boolean> {
  if (path === null) return false;
  return (await powershell.run('getFile', { path })).exists;
}
