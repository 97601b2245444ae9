import { z } from 'zod';
import type { TruthCell } from '../../workflows/contract.ts';
import type { Ports } from '../ports.ts';
import { publishedCertificate, takesMasterCertificate } from '../setup/master-certificate.ts';
import { firstNode, type Site } from '../site.ts';
import { cell } from './places.ts';

/** What a machine needs to know to look at the Master from where it is. */
export function takesMasterFromHere(site: Site) {
  const { name, port, addresses } = site.scaleOutMaster;
  return {
    name: takesMasterCertificate(site).fullName,
    shortName: name,
    port,
    addresses: addresses.map(({ ip }) => ip),
    published: publishedCertificate(site),
    roleStep: `create-role@${firstNode(site).name}`,
  };
}

type Master = ReturnType<typeof takesMasterFromHere>;

export const masterFromHere = z.strictObject({
  answers: z.array(z.string()),
  presented: z.string().nullable(),
  /** Thumbprint that all must have: of the certificate that the workers were given, or else of the one presented. */
  expected: z.string().nullable(),
});

type MasterFromHere = z.output<typeof masterFromHere>;

/** Name, address, port, firewall and certificate in one look from this machine. */
export async function lookAtMaster({ powershell }: Ports, master: Master): Promise<MasterFromHere> {
  const { name, port, published } = master;
  const { addresses, thumbprint: presented } = await powershell.run('getMasterEndpoint', { name, port });
  const { thumbprint } = await powershell.run('getCertificateFile', { path: published });
  return { answers: addresses, presented, expected: thumbprint ?? presented };
}

/** Every answer counts: a client may take any of them. */
export function masterCells(
  { answers, presented, expected }: MasterFromHere,
  { addresses, roleStep }: Master,
  where: string,
): readonly TruthCell[] {
  return [
    cell({
      place: 'dns-answer',
      where,
      value: answers.join(', ') || null,
      wanted: addresses.join(', '),
      agrees: answers.length > 0 && answers.every((ip) => addresses.includes(ip)),
      mendedBy: roleStep,
    }),
    cell({ place: 'presented', where, value: presented, wanted: expected, mendedBy: roleStep }),
  ];
}
