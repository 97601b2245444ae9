import { z } from 'zod';
import { change, changeOnce, look, nothing, secret } from '../script.ts';

const store = z.enum(['My', 'Root']);
const thumbprint = z.string().regex(/^[0-9A-F]{40}$/);

const certificate = z.strictObject({
  thumbprint,
  subject: z.string(),
  issuer: z.string(),
  dnsNames: z.array(z.string()),
  notAfterMs: z.number(),
  hasPrivateKey: z.boolean(),
  isAuthority: z.boolean(),
  isForServers: z.boolean(),
  /** Enhanced key usages, as object identifiers. */
  usages: z.array(z.string()),
  /** Whether its key may sign other certificates. */
  canSign: z.boolean(),
});

export type FoundCertificate = z.output<typeof certificate>;

export const powershell = {
  getCertificates: look(
    'get-certificates.ps1',
    z.strictObject({ store, dnsName: z.string() }),
    z.strictObject({ certificates: z.array(certificate) }),
  ),
  getCertificateFile: look(
    'get-certificate-file.ps1',
    z.strictObject({ path: z.string() }),
    z.strictObject({ thumbprint: thumbprint.nullable() }),
  ),
  createMasterCertificate: changeOnce(
    'create-master-certificate.ps1',
    z.strictObject({
      fullName: z.string(),
      shortName: z.string(),
      years: z.number(),
      keyBits: z.number(),
      pfx: z.string(),
      pfxPassword: secret,
    }),
  ),
  importMasterCertificate: change(
    'import-master-certificate.ps1',
    z.strictObject({ dnsNames: z.array(z.string()), pfx: z.string(), pfxPassword: secret }),
  ),
  publishCertificate: change(
    'publish-certificate.ps1',
    z.strictObject({ store, thumbprint, path: z.string() }),
  ),
  removeCertificate: change('remove-certificate.ps1', z.strictObject({ store, thumbprint })),
  getForeignRoots: look(
    'get-foreign-roots.ps1',
    nothing,
    z.strictObject({
      certificates: z.array(z.strictObject({ thumbprint, subject: z.string(), issuer: z.string() })),
      /** Windows has been told to bear them. */
      isBorne: z.boolean(),
    }),
  ),
  getHttpBinding: look(
    'get-http-binding.ps1',
    z.strictObject({ port: z.number() }),
    z.strictObject({ thumbprint: thumbprint.nullable(), store: z.string().nullable() }),
  ),
  getShares: look(
    'get-shares.ps1',
    z.strictObject({ paths: z.array(z.string()) }),
    z.strictObject({
      shares: z.array(z.strictObject({ path: z.string(), state: z.enum(['open', 'closed', 'missing']) })),
    }),
  ),
  getFile: look(
    'get-file.ps1',
    z.strictObject({ path: z.string() }),
    z.strictObject({ exists: z.boolean() }),
  ),
  copyFile: change('copy-file.ps1', z.strictObject({ from: z.string(), to: z.string() })),
  removeFile: change('remove-file.ps1', z.strictObject({ path: z.string() })),
} as const;
