import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';
import { port, secretReference } from '../../../activities/site-values.ts';

const address = z.string().refine((text) => isIP(text) !== 0, 'is not an IP address');
const addressOrSubnet = z
  .string()
  .refine(isSubnet, 'is not an IP address or a network such as 10.20.31.0/24');
const file = z.string().min(1);
const webAddress = z.url({
  protocol: /^https?$/,
  error: 'is not a web address such as https://ssis.contoso.com/',
});
const claimValues = z.array(z.string().min(1)).min(1);

const openIdConnect = z
  .strictObject({
    issuer: webAddress.describe('The provider, as it names itself; by https unless it is on this machine.'),
    clientId: z.string().min(1).describe('Id under which the control room is registered there.'),
    clientSecret: secretReference
      .optional()
      .describe('Where its secret lies: file:PATH or env:NAME. Left out for a public client.'),
    scopes: z
      .array(z.string().regex(/^[!#-[\]-~]+$/, 'is no scope'))
      .default(['openid', 'profile'])
      .describe('Scopes that are asked for. Default: openid and profile.'),
    name: z
      .string()
      .min(1)
      .default('preferred_username')
      .describe('Claim that holds the name, as the groups of the site files name people.'),
    roles: z
      .strictObject({
        claim: z.string().min(1).describe('Claim that holds roles or groups; a dot leads into a map.'),
        viewer: claimValues.optional().describe('Values of the claim that let somebody look.'),
        operator: claimValues
          .optional()
          .describe('Values of the claim that let somebody start and carry on.'),
        approver: claimValues.optional().describe('Values of the claim that let somebody consent.'),
      })
      .describe('Who may do what. Whoever has none of these values is not let in.'),
  })
  .describe('Sign-in at a provider of OpenID Connect.');

/** `control-room.yaml`, as it is written. */
export const settingsShape = z.strictObject({
  listen: z
    .strictObject({
      address: address.default('127.0.0.1').describe('Where it listens. Default: 127.0.0.1.'),
      port: port.optional().describe('Default: 8380.'),
    })
    .prefault({})
    .describe('Where it listens: on loopback, unless told otherwise.'),
  tls: z
    .strictObject({
      key: file.describe('File of the private key, PEM.'),
      certificate: file.describe('File of the certificate and those between it and its root, PEM.'),
    })
    .optional()
    .describe('Serves by https.'),
  proxy: z
    .strictObject({
      addresses: z.array(addressOrSubnet).min(1).describe('Addresses or networks of the proxies.'),
    })
    .optional()
    .describe('Serves these proxies alone, which speak https to the browsers.'),
  publicAddress: webAddress.optional().describe('Under which address browsers find it.'),
  users: file.optional().describe('File of the people who sign in by password ("ssis-ha user").'),
  openIdConnect: openIdConnect.optional(),
  sessionHours: z
    .number()
    .positive()
    .max(168)
    .default(12)
    .describe('Hours after which somebody signs in again. Default: 12.'),
});

export type WrittenSettings = z.infer<typeof settingsShape>;
export type OpenIdConnectSettings = NonNullable<WrittenSettings['openIdConnect']>;

function isSubnet(text: string): boolean {
  return listOf([text]) !== null;
}

/** Null where one of them is no address or network. */
export function listOf(addresses: readonly string[]): BlockList | null {
  const list = new BlockList();
  for (const text of addresses) {
    const [base = '', length, ...rest] = text.split('/');
    const family = isIPv4(base) ? 'ipv4' : isIPv6(base) ? 'ipv6' : null;
    const bits = Number(length ?? (family === 'ipv4' ? 32 : 128));
    if (family === null || rest.length > 0 || length === '' || !Number.isInteger(bits)) return null;
    if (bits < 0 || bits > (family === 'ipv4' ? 32 : 128)) return null;
    list.addSubnet(base, bits, family);
  }
  return list;
}
