import { createHash } from 'node:crypto';
import { takesMasterCertificate } from '../../activities/setup/master-certificate.ts';
import { firstNode } from '../../activities/site.ts';
import type { Building } from './build-estate.ts';
import type { Certificate, Estate, LabFile } from './estate.ts';

/**
 * The folder where the PFX of the Scale Out Master lies or will lie, and, at a site that has its certificate
 * already, the PFX itself.
 */
export function makeRoomForMasterCertificate(estate: Estate, building: Building): void {
  const { site } = building;
  const { pfx } = takesMasterCertificate(site);
  const folder = folderOf(estate, pfx, building);
  if (folder) Object.assign(folder, ownCertificateOf(building));
}

function folderOf(estate: Estate, pfx: string, { site }: Building): Record<string, LabFile> | undefined {
  const root = /^\\\\[^\\]+\\[^\\]+(?=\\)/.exec(pfx)?.[0];
  if (root === undefined) return estate.hosts[firstNode(site).name]?.files;
  const known = Object.entries(estate.shares).find(([name]) =>
    pfx.toLowerCase().startsWith(`${name.toLowerCase()}\\`),
  );
  if (known) return known[1].files;
  const share = { fullControl: [site.operator.account], files: {} };
  estate.shares[root] = share;
  return share.files;
}

function ownCertificateOf({ site, secret, seal, now }: Building): Record<string, LabFile> {
  if (!('existing' in site.scaleOutMaster.certificate)) return {};
  const { fullName, shortName, pfx, pfxPassword } = takesMasterCertificate(site);
  const certificate = selfSigned({ fullName, shortName, years: 3 }, 'of its own', now);
  return { [pfx]: { content: seal(JSON.stringify({ certificate, password: secret(pfxPassword) })) } };
}

interface Wanted {
  readonly fullName: string;
  readonly shortName: string;
  readonly years: number;
}

/** A certificate for the Scale Out Master as New-SelfSignedCertificate makes it. `seed` makes it differ. */
export function selfSigned({ fullName, shortName, years }: Wanted, seed: string, now: number): Certificate {
  const subject = `CN=${fullName}`;
  return {
    store: 'Root',
    thumbprint: thumbprintOf(`${subject} ${seed}`),
    subject,
    issuer: subject,
    dnsNames: [fullName, shortName],
    notAfter: inYears(now, years),
    hasPrivateKey: true,
    exportable: false,
    isAuthority: false,
    serverAuthentication: true,
    keyReaders: [],
  };
}

export function thumbprintOf(text: string): string {
  return createHash('sha1').update(text).digest('hex').toUpperCase();
}

function inYears(now: number, years: number): string {
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return end.toISOString();
}
