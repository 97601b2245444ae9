import { z } from 'zod';
import type { Certificate } from './estate/host.ts';

/** The public half, as a `.cer` holds it. */
export function cerContent({ keyReaders: _readers, ...certificate }: Certificate): string {
  return JSON.stringify({ ...certificate, hasPrivateKey: false, exportable: false });
}

/** What a `.cer` holds, as a store would take it. */
export function readCer(content: string): Certificate {
  return { ...cerShape.parse(JSON.parse(content)), keyReaders: [] };
}

const cerShape = z.object({
  store: z.enum(['My', 'Root']),
  thumbprint: z.string(),
  subject: z.string(),
  issuer: z.string(),
  dnsNames: z.array(z.string()),
  notAfter: z.string(),
  hasPrivateKey: z.literal(false),
  exportable: z.literal(false),
  isAuthority: z.boolean(),
  serverAuthentication: z.boolean(),
});
