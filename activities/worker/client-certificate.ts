import type { WorkerCertificate } from '../scripts/lines/worker.ts';

const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2';

/**
 * What speaks against letting a machine trust this certificate: what lies in Root is trusted by everything on it,
 * and one that is not self-signed there breaks the client certificates of all.
 *
 * Source: *Certificates*, worker certificate; KB 2802568; RFC 5280, 4.2.1.12: without usages it is for any.
 */
export function flawsOf(certificate: WorkerCertificate, machine: string, now: Date): string[] {
  const { names, usages } = certificate;
  return [
    ...(names.some((name) => isMachine(name, machine)) ? [] : [`it names ${names.join(', ') || 'nobody'}`]),
    ...(certificate.isSelfSigned ? [] : ['it is not self-signed']),
    ...(certificate.isAuthority || certificate.canSign ? ['it may sign other certificates'] : []),
    ...(usages.length === 0 || usages.includes(CLIENT_AUTHENTICATION) ? [] : ['it is not for clients']),
    ...(certificate.notAfterMs > now.getTime() ? [] : ['it has run out']),
  ];
}

/** A subject may give the machine's name short or in full. */
export function isMachine(name: string, machine: string): boolean {
  return name.split('.')[0]?.toLowerCase() === machine.toLowerCase();
}
