import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { fullName } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * One certificate for all Master nodes, naming the clustered role and not a server: a name that changes later
 * means a new certificate on every node and worker. Made with an exportable key, which setup's own and
 * MakeCert's are not for certain, so that it can be carried to the other nodes; in Root it cannot be exported.
 *
 * Source: *Certificates*, master certificate; *New-SelfSignedCertificate*; *HA*, step 2.2 with its later note.
 */
export const createMasterCertificate = defineChange({
  id: 'create-master-certificate',
  title: 'Create the certificate of the Scale Out Master',
  why: 'Setup binds it to the port of the Master, and every worker pins it.',
  on: theFirstNode,
  repeat: 'once',
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes(site) {
    const { certificate, name } = site.scaleOutMaster;
    const made = 'create' in certificate ? certificate.create : null;
    return {
      fullName: fullName(name, site),
      shortName: name,
      create: made && { years: made.years, keyBits: made.keyBits },
      pfx: 'create' in certificate ? certificate.create.writePfx : certificate.existing.pfx,
      pfxPassword: 'create' in certificate ? certificate.create.pfxPassword : certificate.existing.pfxPassword,
    };
  },

  observed: z.strictObject({ usable: z.array(z.string()), hasPfx: z.boolean() }),
  async probe({ powershell }, { fullName: name, pfx }) {
    const { certificates } = await powershell.run('getCertificates', { store: 'Root', dnsName: name });
    const { exists } = await powershell.run('getFile', { path: pfx });
    const usable = certificates.filter(
      (certificate) => certificate.hasPrivateKey && certificate.isForServers && !certificate.isAuthority,
    );
    return { usable: usable.map((certificate) => certificate.thumbprint), hasPfx: exists };
  },
  shortfall: ({ usable, hasPfx }, { fullName: name, pfx }) => [
    ...(usable.length === 0 ? [`No certificate of ${name} with a private key lies in LocalMachine\\Root`] : []),
    ...(hasPfx ? [] : [`The PFX file ${pfx} is not there`]),
  ],

  async apply({ powershell, secrets }, { fullName: name, shortName, create, pfx, pfxPassword }, { before }) {
    if (create === null) {
      throw new OperatorError(
        `The existing certificate of ${name} is not whole: in Root ${before.usable.length}, PFX ${before.hasPfx ? 'there' : 'missing'}`,
        `Put it with its key into LocalMachine\\Root and its PFX at ${pfx}, then retry.`,
      );
    }
    if (before.usable.length > 0 || before.hasPfx) {
      throw new OperatorError(
        `Half of the certificate of ${name} is there: in Root ${before.usable.join(', ') || 'none'}, PFX ${before.hasPfx ? 'there' : 'missing'}`,
        'Remove what is there or add what is missing, then retry.',
      );
    }
    await powershell.run('createMasterCertificate', {
      fullName: name,
      shortName,
      ...create,
      pfx,
      pfxPassword: await secrets.resolve(pfxPassword),
    });
  },
  undo: {
    async auto({ powershell }, { fullName: name, pfx }, { before }) {
      const { certificates } = await powershell.run('getCertificates', { store: 'Root', dnsName: name });
      for (const { thumbprint } of certificates.filter((certificate) => !before.usable.includes(certificate.thumbprint))) {
        await powershell.run('removeCertificate', { store: 'Root', thumbprint });
      }
      if (!before.hasPfx) await powershell.run('removeFile', { path: pfx });
    },
  },
});
