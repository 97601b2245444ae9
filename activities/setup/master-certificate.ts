import type { Ports } from '../ports.ts';
import type { FoundCertificate } from '../scripts/lines/certificates.ts';
import { fullName, type Site } from '../site.ts';

/** Where the certificate of the Scale Out Master comes from and what it must name. */
export function takesMasterCertificate(site: Site) {
  const { certificate, name } = site.scaleOutMaster;
  const source =
    'create' in certificate
      ? { pfx: certificate.create.writePfx, password: certificate.create.pfxPassword }
      : { pfx: certificate.existing.pfx, password: certificate.existing.pfxPassword };
  return {
    fullName: fullName(name, site),
    shortName: name,
    pfx: pathOf(source.pfx),
    pfxPassword: source.password,
  };
}

/** The public half, from where every worker takes it; it holds no secret and stays there. */
export function publishedCertificate(site: Site): string {
  return `${site.directory.exchange}\\${fullName(site.scaleOutMaster.name, site)}.cer`;
}

/** A PFX that lies on a disk of the first node travels to the others through the exchange share. */
export function travellingPfx(site: Site): string | null {
  const { pfx } = takesMasterCertificate(site);
  if (pfx.startsWith('\\\\')) return null;
  return `${site.directory.exchange}\\${fullName(site.scaleOutMaster.name, site)}.pfx`;
}

/** A certificate in Root that carries the name of the Master. */
export interface MasterCertificate {
  readonly thumbprint: string;
  readonly dnsNames: readonly string[];
  readonly notAfterMs: number;
  /** Why it cannot serve the Master; null where it can. */
  readonly fault: string | null;
}

/** Thumbprints of the certificates in Root that can serve the Scale Out Master. */
export async function usableMasterCertificates(ports: Ports, dnsNames: readonly string[]): Promise<string[]> {
  const found = await masterCertificates(ports, dnsNames);
  return found.filter(({ fault }) => fault === null).map(({ thumbprint }) => thumbprint);
}

/**
 * The certificates in Root that carry the first name. One can serve the Scale Out Master with its key, for servers
 * and nothing else, no authority, self-signed, not run out. What lies in Root is trusted by the machine, and a
 * certificate there that is not self-signed breaks the clients' certificates of everything on it.
 *
 * Source: *Walkthrough* and *Certificates*, requirements of the certificate; KB 2802568.
 */
export async function masterCertificates(
  { powershell, clock }: Ports,
  dnsNames: readonly string[],
): Promise<readonly MasterCertificate[]> {
  const [name = ''] = dnsNames;
  const { certificates } = await powershell.run('getCertificates', { store: 'Root', dnsName: name });
  const now = clock.now().getTime();
  return certificates.map((certificate) => {
    const { thumbprint, dnsNames: names, notAfterMs } = certificate;
    return { thumbprint, dnsNames: names, notAfterMs, fault: faultOf(certificate, dnsNames, now) };
  });
}

const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';

function faultOf(certificate: FoundCertificate, dnsNames: readonly string[], now: number): string | null {
  const named = new Set(certificate.dnsNames.map((name) => name.toLowerCase()));
  if (!certificate.hasPrivateKey) return 'without its key';
  if (certificate.notAfterMs <= now) {
    return `ended on ${new Date(certificate.notAfterMs).toISOString().slice(0, 10)}`;
  }
  const isFit =
    certificate.usages.every((usage) => usage === SERVER_AUTHENTICATION) &&
    certificate.isForServers &&
    !certificate.isAuthority &&
    !certificate.canSign &&
    certificate.subject === certificate.issuer &&
    dnsNames.every((name) => named.has(name.toLowerCase()));
  return isFit ? null : 'not fit for the Master';
}

/** The key that a path to the PFX may carry in the site file says nothing on the host. */
function pathOf(reference: string): string {
  return reference.replace(/^file:/, '');
}
