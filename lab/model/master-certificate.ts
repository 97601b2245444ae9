import { createHash } from 'node:crypto';
import { firstNode, fullName, type Site } from '../../activities/site.ts';
import type { Sealer } from '../sealed.ts';
import type { Estate } from './estate.ts';
import type { LabFile } from './estate/files.ts';
import type { Certificate } from './estate/host.ts';

interface Building extends Sealer {
  readonly site: Site;
  readonly secret: (reference: string | null | undefined) => string;
  readonly now: number;
}

/**
 * The folder where the PFX of the Scale Out Master lies or will lie, and, at a site that has its certificate
 * already, the PFX itself.
 */
export function makeRoomForMasterCertificate(estate: Estate, building: Building): void {
  const { site } = building;
  const pfx = pathOfPfx(site);
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

function ownCertificateOf(building: Building): Record<string, LabFile> {
  const { site, secret, now } = building;
  const { certificate, name } = site.scaleOutMaster;
  if (!('existing' in certificate)) return {};
  const made = selfSigned({ fullName: fullName(name, site), shortName: name, years: 3 }, 'of its own', now);
  const password = secret(certificate.existing.pfxPassword);
  const content = JSON.stringify({ certificate: made, password });
  return { [pathOfPfx(site)]: { content: building.seal(content) } };
}

/** Where the site says that the PFX lies, or will. */
function pathOfPfx({ scaleOutMaster: { certificate } }: Site): string {
  const path = 'create' in certificate ? certificate.create.writePfx : certificate.existing.pfx;
  return path.replace(/^file:/, '');
}

interface Wanted {
  readonly fullName: string;
  readonly shortName: string;
  readonly years: number;
}

/** A certificate for the Scale Out Master as New-SelfSignedCertificate makes it. `seed` makes it differ. */
export function selfSigned(wanted: Wanted, seed: string, now: number): Certificate {
  const subject = `CN=${wanted.fullName}`;
  return {
    store: 'Root',
    thumbprint: thumbprintOf(`${subject} ${seed}`),
    subject,
    issuer: subject,
    dnsNames: [wanted.fullName, wanted.shortName],
    notAfter: inYears(now, wanted.years),
    hasPrivateKey: true,
    exportable: false,
    isAuthority: false,
    serverAuthentication: true,
    keyReaders: [],
  };
}

function thumbprintOf(text: string): string {
  return createHash('sha1').update(text).digest('hex').toUpperCase();
}

function inYears(now: number, years: number): string {
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return end.toISOString();
}
