import { z } from 'zod';

/*
 * The values of a site file, one schema each. Names that SQL Server, Windows and the directory cannot carry
 * are refused here, with the reason, so that no script ever meets them.
 */

const dnsLabel = z
  .string()
  .regex(
    /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
    'is not a host name: letters, digits and inner hyphens',
  );
/** Source: *Create a failover cluster*, NetBIOS names: 15 characters at most. */
export const computerName = dnsLabel.max(15, 'has more than 15 characters, the limit of a NetBIOS name');
export const domainName = z
  .string()
  .regex(
    /^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/,
    'is not a DNS domain such as contoso.com',
  );
export const ipAddress = z.ipv4('is not an IPv4 address');
export const subnet = z.cidrv4('is not a network such as 10.20.31.0/24');
export const port = z.int().min(1, 'is no TCP port').max(65535, 'is no TCP port');
export const account = z
  .string()
  .regex(
    /^[^\\/"[\]:;|=,+*?<>@\s]+\\[^\\/"[\]:;|=,+*?<>@\s]+$/,
    'is not an account such as CONTOSO\\svc-sql',
  );
/** `env:NAME` or `file:PATH`; the value itself never stands in the site file. */
export const secretReference = z
  .string()
  .regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/, 'is not a reference: write env:NAME or file:PATH');
/** The account of one service. */
export function serviceAccount(service: string) {
  return z
    .strictObject({
      account: account.describe('DOMAIN\\name of the account; the name of a gMSA ends in $.'),
      password: secretReference
        .optional()
        .describe('Where its password lies: file:PATH or env:NAME. Left out for a gMSA.'),
    })
    .describe(`Account of ${service}.`);
}

export const windowsPath = z
  .string()
  .regex(
    /^([A-Za-z]:\\|\\\\)[^<>:"|?*\n\r]*$/,
    'is not a Windows path such as D:\\Media or \\\\server\\share',
  );
export const sqlIdentifier = z
  .string()
  .min(1)
  .max(128, 'has more than 128 characters, the limit of an identifier')
  .refine((name) => !hasControlCharacter(name), 'holds a control character');
export const collation = z
  .string()
  .regex(/^[A-Za-z0-9_]+$/, 'is not a collation such as Latin1_General_CI_AS');

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((character) => (character.codePointAt(0) ?? 0) < 32);
}
