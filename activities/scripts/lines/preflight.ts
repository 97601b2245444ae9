import { z } from 'zod';
import { look, nothing } from '../script.ts';

const addresses = z.array(z.string());

export const powershell = {
  getSpns: look(
    'get-spns.ps1',
    z.strictObject({ spns: z.array(z.string()) }),
    z.strictObject({
      /** Names of accounts without their domain. */
      spns: z.array(z.strictObject({ spn: z.string(), accounts: z.array(z.string()) })),
    }),
  ),
  getHost: look(
    'get-host.ps1',
    z.strictObject({ domain: z.string(), peers: z.array(z.string()) }),
    z.strictObject({
      domain: z.string().nullable(),
      isMemberServer: z.boolean(),
      build: z.string(),
      account: z.string(),
      isAdministrator: z.boolean(),
      /** How far the clock is ahead of the domain's; null where the domain does not answer. */
      skewSeconds: z.number().nullable(),
      drives: z.array(z.strictObject({ name: z.string(), freeGb: z.number() })),
      peers: z.array(
        z.strictObject({
          name: z.string(),
          addresses,
          answers: z.boolean(),
          /** Of Windows, as the directory knows it; null where it knows none. */
          build: z.string().nullable(),
        }),
      ),
    }),
  ),
  getMedia: look(
    'get-media.ps1',
    z.strictObject({ media: z.string(), updates: z.string() }),
    z.strictObject({
      setup: z.string().nullable(),
      key: z.enum(['none', 'evaluation', 'developer', 'own']),
      updates: z.array(z.strictObject({ file: z.string(), build: z.string() })),
    }),
  ),
  getAccounts: look(
    'get-accounts.ps1',
    z.strictObject({ accounts: z.array(z.string()) }),
    z.strictObject({
      accounts: z.array(
        z.strictObject({
          account: z.string(),
          kind: z.enum(['missing', 'user', 'gmsa', 'group', 'other']),
          isEnabled: z.boolean(),
          /** Of a gMSA; null where this machine has no means to tell. */
          usableHere: z.boolean().nullable(),
        }),
      ),
    }),
  ),
  getPolicyRights: look(
    'get-policy-rights.ps1',
    z.strictObject({ accounts: z.array(z.string()), rights: z.array(z.string()) }),
    z.strictObject({
      /** Of the rights asked for, those that a policy defines, and the accounts that do not have them by it. */
      rights: z.array(z.strictObject({ right: z.string(), without: z.array(z.string()) })),
    }),
  ),
  getNames: look(
    'get-names.ps1',
    z.strictObject({
      domain: z.string(),
      ou: z.string(),
      names: z.array(z.strictObject({ name: z.string(), holder: z.string() })),
      addresses,
    }),
    z.strictObject({
      mayCreate: z.boolean(),
      names: z.array(
        z.strictObject({
          name: z.string(),
          computer: z.strictObject({ isEnabled: z.boolean(), holderMayTake: z.boolean() }).nullable(),
          addresses,
        }),
      ),
      answering: addresses,
      /** What the cluster of this node holds already. */
      held: z.strictObject({ names: z.array(z.string()), addresses }),
    }),
  ),
  getPorts: look(
    'get-ports.ps1',
    z.strictObject({ ports: z.array(z.strictObject({ port: z.number(), service: z.string() })) }),
    z.strictObject({
      ports: z.array(
        z.strictObject({ port: z.number(), holder: z.string().nullable(), isOurs: z.boolean() }),
      ),
    }),
  ),
} as const;

export const sql = {
  getSignIn: look(
    'get-sign-in.sql',
    nothing,
    z.strictObject({ login: z.string(), authScheme: z.string(), isSysadmin: z.boolean() }),
  ),
} as const;
