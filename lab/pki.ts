import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createAuthority, issueCertificate, type IssuedCertificate } from './certificates.ts';

/** The certificates of the estate: its authority, those of its machines, and what an engine makes for itself. */
export interface Pki {
  /** A machine's certificate, signed by the estate's authority. */
  issue(subject: string, dnsNames: readonly string[]): Promise<IssuedCertificate>;
  /** Key and certificate as TLS wants them; the engine's own self-signed one where there is no thumbprint. */
  certificateOf(thumbprint: string | null): { key: string; cert: string };
  /**
   * Puts the authority's certificate where the site file says that it lies. What lies there already stays,
   * unless it is that of an estate that was simulated before.
   */
  publish(file: string): void;
}

/** Text before a certificate is no part of it. Source: RFC 7468, section 2. */
const SIMULATED = '# The authority of a simulated estate: trust it nowhere else.';

/** Opens the estate's certificates in a folder; makes authority and fallback where there are none. */
export async function openPki(folder: string): Promise<Pki> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority = await kept(folder, 'authority', () => createAuthority('Estate Root'));
  const fallback = await kept(folder, 'fallback', () =>
    issueCertificate({ subject: 'SSL_Self_Signed_Fallback', dnsNames: [] }),
  );
  return {
    async issue(subject, dnsNames) {
      const issued = await issueCertificate({ subject, dnsNames, issuer: authority });
      write(folder, issued.thumbprint, issued);
      return issued;
    },
    certificateOf(thumbprint) {
      const found = thumbprint === null ? null : read(folder, thumbprint);
      const { keyPem, certPem } = found ?? fallback;
      return { key: keyPem, cert: certPem };
    },
    publish(file) {
      if (existsSync(file) && !readFileSync(file, 'utf8').startsWith(SIMULATED)) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${SIMULATED}\n${authority.certPem}`);
    },
  };
}

async function kept(
  folder: string,
  name: string,
  make: () => Promise<IssuedCertificate>,
): Promise<IssuedCertificate> {
  const known = read(folder, name);
  if (known) return known;
  const made = await make();
  write(folder, name, made);
  return made;
}

function read(folder: string, name: string): IssuedCertificate | null {
  const file = join(folder, `${name}.json`);
  if (!existsSync(file)) return null;
  const parsed = JSON.parse(readFileSync(file, 'utf8')) as Omit<IssuedCertificate, 'notAfter'> & {
    notAfter: string;
  };
  return { ...parsed, notAfter: new Date(parsed.notAfter) };
}

function write(folder: string, name: string, certificate: IssuedCertificate): void {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(certificate), { mode: 0o600 });
  writeFileSync(join(folder, `${name}.pem`), certificate.certPem);
}
