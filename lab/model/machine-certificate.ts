import { fullName, type Site } from '../../activities/site.ts';
import type { Certificate } from './estate/host.ts';

/** The certificate that the estate's authority has issued to a node: it names the node and the listener. */
export function machineCertificate(
  node: string,
  site: Site,
  issued: { readonly thumbprint: string; readonly notAfter: Date },
): Certificate {
  const dnsNames = namesOfMachine(node, site);
  return {
    store: 'My',
    thumbprint: issued.thumbprint,
    subject: `CN=${dnsNames[0]}`,
    issuer: 'CN=Estate Root',
    dnsNames,
    notAfter: issued.notAfter.toISOString(),
    hasPrivateKey: true,
    exportable: false,
    isAuthority: false,
    serverAuthentication: true,
    keyReaders: [],
  };
}

export function namesOfMachine(node: string, site: Site): string[] {
  return [fullName(node, site), fullName(site.availabilityGroup.listener.name, site)];
}
