import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { takesMasterCertificate, usableMasterCertificates } from '../../setup/master-certificate.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * One certificate for all Master nodes, naming the clustered role and not a server: a name that changes later
 * means a new certificate on every node and worker. Made with an exportable key, which setup's own and
 * MakeCert's are not for certain, so that it can be carried to the other nodes; in Root it cannot be exported.
 * A site that has its certificate already gives its PFX, which is looked into and imported.
 *
 * The 2025 edition of *Certificates* creates it in Root directly; the cmdlet supports no store but My.
 *
 * Source: *Certificates*, master certificate; *New-SelfSignedCertificate*; *HA*, step 2.2 with its later note.
 */
export const createMasterCertificate = defineChange({
  id: 'create-master-certificate',
  title: 'Put the certificate of the Scale Out Master in place',
  why: 'Setup binds it to the port of the Master, and every worker pins it.',
  on: theFirstNode,
  repeat: 'once',
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes(site) {
    const { certificate } = site.scaleOutMaster;
    const made = 'create' in certificate ? certificate.create : null;
    return {
      ...takesMasterCertificate(site),
      create: made && { years: made.years, keyBits: made.keyBits },
    };
  },

  observed: z.strictObject({ usable: z.array(z.string()), hasPfx: z.boolean() }),
  async probe(ports, { fullName, shortName, pfx }) {
    const { exists } = await ports.powershell.run('getFile', { path: pfx });
    return { usable: await usableMasterCertificates(ports, [fullName, shortName]), hasPfx: exists };
  },
  shortfall: ({ usable, hasPfx }, { fullName, pfx }) => [
    ...(usable.length === 0
      ? [`No certificate of ${fullName} with a private key lies in LocalMachine\\Root`]
      : []),
    ...(hasPfx ? [] : [`The PFX file ${pfx} is not there`]),
  ],
  notes: ({ usable }, { fullName }) =>
    usable.map((thumbprint) => `${thumbprint} (${fullName}) is trusted by this machine`),

  async apply({ powershell, secrets }, { fullName, shortName, create, pfx, pfxPassword }, { before }) {
    const password = await secrets.resolve(pfxPassword);
    if (create === null) {
      if (!before.hasPfx) throw missingPfx(pfx);
      await powershell.run('importMasterCertificate', {
        dnsNames: [fullName, shortName],
        pfx,
        pfxPassword: password,
      });
      return;
    }
    if (before.usable.length > 0 || before.hasPfx) throw half(fullName, before);
    await powershell.run('createMasterCertificate', {
      fullName,
      shortName,
      ...create,
      pfx,
      pfxPassword: password,
    });
  },
  undo: {
    keptWith: {
      step: 'install-on-primary',
      because: 'Setup of the Scale Out Master was begun with it, and what is installed stays.',
    },
    async auto(ports, { fullName, shortName, create, pfx }, { before }) {
      const { powershell } = ports;
      const usable = await usableMasterCertificates(ports, [fullName, shortName]);
      for (const thumbprint of usable.filter((found) => !before.usable.includes(found))) {
        await powershell.run('removeCertificate', { store: 'Root', thumbprint });
      }
      if (create !== null && !before.hasPfx) await powershell.run('removeFile', { path: pfx });
    },
  },
});

function missingPfx(pfx: string): OperatorError {
  return new OperatorError(
    `The PFX file ${pfx} of the site's own certificate is not there`,
    'Put it there, readable by the operator account, then retry.',
  );
}

function half(fullName: string, before: { readonly usable: readonly string[]; readonly hasPfx: boolean }) {
  return new OperatorError(
    `Half of the certificate of ${fullName} is there: in Root ${before.usable.join(', ') || 'none with its key that has not run out'}, PFX ${before.hasPfx ? 'there' : 'missing'}`,
    'Remove what is there or add what is missing, then retry.',
  );
}
