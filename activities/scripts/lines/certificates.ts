import { z } from 'zod';
import { change, changeOnce, look, secret } from '../script.ts';

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
});

export const powershell = {
  getCertificates: look(
    'get-certificates.ps1',
    z.strictObject({ store, dnsName: z.string() }),
    z.strictObject({ certificates: z.array(certificate) }),
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
  removeCertificate: change('remove-certificate.ps1', z.strictObject({ store, thumbprint })),
  getFile: look('get-file.ps1', z.strictObject({ path: z.string() }), z.strictObject({ exists: z.boolean() })),
  removeFile: change('remove-file.ps1', z.strictObject({ path: z.string() })),
} as const;
