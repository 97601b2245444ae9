import 'reflect-metadata';
import { createPrivateKey, KeyObject, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate with its private key. */
export interface IssuedCertificate {
  readonly certPem: string;
  /** PKCS #8. */
  readonly keyPem: string;
  /** SHA-1 of the certificate in upper-case hexadecimal, by which Windows names it. */
  readonly thumbprint: string;
  readonly notAfter: Date;
}

export interface CertificateRequest {
  /** The common name, without `CN=`. */
  readonly subject: string;
  readonly dnsNames: readonly string[];
  /** Who signs it; without one it is signed by its own key. */
  readonly issuer?: IssuedCertificate;
}

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
const VALID_YEARS = { authority: 10, leaf: 1 } as const;

/** A certificate that identifies a server or a client under the given DNS names, valid for a year. */
export async function issueCertificate(request: CertificateRequest): Promise<IssuedCertificate> {
  const { subject, dnsNames, issuer } = request;
  const usages = [ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth];
  return signed(subject, VALID_YEARS.leaf, issuer, [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
    new ExtendedKeyUsageExtension(usages),
    ...(dnsNames.length > 0 ? [alternativeNames(dnsNames)] : []),
  ]);
}

/** A certification authority, which signs others as their `issuer`; valid for ten years. */
export async function createAuthority(name: string): Promise<IssuedCertificate> {
  return signed(name, VALID_YEARS.authority, undefined, [
    new BasicConstraintsExtension(true, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ]);
}

async function signed(
  commonName: string,
  validYears: number,
  issuer: IssuedCertificate | undefined,
  extensions: Extension[],
): Promise<IssuedCertificate> {
  const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const subject = [{ CN: [commonName] }];
  const certificate = await X509CertificateGenerator.create({
    subject,
    issuer: issuer === undefined ? subject : new X509Certificate(issuer.certPem).subjectName,
    notAfter: yearsFromNow(validYears),
    publicKey: keys.publicKey,
    signingKey: issuer === undefined ? keys.privateKey : await privateKeyOf(issuer),
    signingAlgorithm: SIGNATURE,
    extensions,
  });
  return {
    certPem: certificate.toString('pem'),
    keyPem: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
    thumbprint: Buffer.from(await certificate.getThumbprint('SHA-1'))
      .toString('hex')
      .toUpperCase(),
    notAfter: certificate.notAfter,
  };
}

async function privateKeyOf(issuer: IssuedCertificate) {
  const der = createPrivateKey(issuer.keyPem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, KEY, false, ['sign']);
}

function alternativeNames(dnsNames: readonly string[]): Extension {
  return new SubjectAlternativeNameExtension(dnsNames.map((value) => ({ type: 'dns', value })));
}

function yearsFromNow(years: number): Date {
  const date = new Date();
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date;
}
