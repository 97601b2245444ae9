import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import {
  publishedCertificate,
  takesMasterCertificate,
  travellingPfx,
  usableMasterCertificates,
} from '../../setup/master-certificate.ts';
import { defineChange } from '../../step.ts';
import { everyOtherNode } from '../hosts.ts';

/**
 * The same certificate on every Master node, with its key: whoever owns the role presents it, and workers pin
 * its thumbprint. The page exports it from the primary; here it comes from the site's PFX, so that no node can
 * leak the key. In Root and nowhere else: setup looks there alone.
 *
 * Source: *HA*, step 3; *Import-PfxCertificate*, -Exportable left out.
 */
export const importMasterCertificate = defineChange({
  id: 'import-master-certificate',
  title: 'Import the certificate of the Scale Out Master',
  why: 'Setup binds it to the port of the Master; after a failover workers must meet the same.',
  on: everyOtherNode,
  after: ['share-master-certificate'],
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes(site) {
    const own = takesMasterCertificate(site);
    return { ...own, pfx: travellingPfx(site) ?? own.pfx, published: publishedCertificate(site) };
  },

  observed: z.strictObject({ usable: z.array(z.string()), wanted: z.string().nullable() }),
  async probe(ports, { fullName, shortName, published }) {
    const { thumbprint } = await ports.powershell.run('getCertificateFile', { path: published });
    return { usable: await usableMasterCertificates(ports, [fullName, shortName]), wanted: thumbprint };
  },
  shortfall({ usable, wanted }, { fullName, published }) {
    if (wanted === null) return [`${published} does not say which certificate the first node has`];
    if (usable.includes(wanted)) return [];
    return [`The certificate ${wanted} of ${fullName} does not lie in LocalMachine\\Root with its key`];
  },
  notes: ({ usable }, { fullName }) =>
    usable.map((thumbprint) => `${thumbprint} (${fullName}) is trusted by this machine`),

  async apply({ powershell, secrets }, { fullName, shortName, pfx, pfxPassword, published }, { before }) {
    if (before.wanted === null) {
      throw new OperatorError(
        `${published} is not there, so nobody knows which certificate the first node has`,
        'Let the step that shares it come first, then retry.',
      );
    }
    if (!(await powershell.run('getFile', { path: pfx })).exists) {
      throw new OperatorError(
        `The PFX file ${pfx} is not there`,
        'Put the PFX of the site there, readable by the operator account, then retry.',
      );
    }
    await powershell.run('importMasterCertificate', {
      dnsNames: [fullName, shortName],
      pfx,
      pfxPassword: await secrets.resolve(pfxPassword),
    });
  },
  undo: {
    keptWith: {
      step: 'install-on-secondary',
      because: 'Setup of the Scale Out Master was begun with it, and what is installed stays.',
    },
    async auto({ powershell }, _input, { before }) {
      const { wanted, usable } = before;
      if (wanted === null || usable.includes(wanted)) return;
      await powershell.run('removeCertificate', { store: 'Root', thumbprint: wanted });
    },
  },
});
