import { z } from 'zod';
import { change, changeOnce, look, nothing } from '../script.ts';

const suffix = z.string().regex(/^\d{3}$/);
const names = z.array(z.string());

export const powershell = {
  getMasterRole: look(
    'get-master-role.ps1',
    z.strictObject({ suffix, nodes: names }),
    z.strictObject({
      /** Names of all groups of the cluster, the role's own among them. */
      groups: names,
      /** The role that owns the Master; null where none does. */
      role: z
        .strictObject({
          name: z.string(),
          state: z.string(),
          owner: z.string(),
          serviceState: z.string(),
          network: z
            .strictObject({
              dnsName: z.string(),
              state: z.string(),
              statusDns: z.number().nullable(),
              statusKerberos: z.number().nullable(),
              registerAllProviders: z.number().nullable(),
              timeToLive: z.number().nullable(),
              /** Then it comes online on no node where the addresses lie in several networks. */
              needsAllAddresses: z.boolean(),
            })
            .nullable(),
          addresses: z.array(z.strictObject({ ip: z.string(), state: z.string() })),
          possibleOwners: names,
          preferredOwners: names,
          failsBack: z.boolean(),
        })
        .nullable(),
      services: z.array(
        z.strictObject({
          node: z.string(),
          /** Null where the node has no such service. */
          state: z.string().nullable(),
          startMode: z.string().nullable(),
        }),
      ),
    }),
  ),
  createMasterRole: changeOnce(
    'create-master-role.ps1',
    z.strictObject({ suffix, name: z.string(), addresses: names, owners: names }),
  ),
  startMasterRole: change('start-master-role.ps1', z.strictObject({ name: z.string() })),
  stopMasterRole: change('stop-master-role.ps1', z.strictObject({ name: z.string() })),
  removeMasterRole: change('remove-master-role.ps1', z.strictObject({ suffix, name: z.string() })),
  tuneMasterRole: change(
    'tune-master-role.ps1',
    z.strictObject({
      suffix,
      possibleOwners: names,
      preferredOwners: names,
      failsBack: z.boolean(),
      /** Lets the name come online with any one of its addresses; it goes offline for a moment. */
      needOneAddress: z.boolean(),
      /** How the name is registered; null leaves it as it is, anything else takes it offline for a moment. */
      registration: z
        .strictObject({ registerAllProviders: z.number().nullable(), timeToLive: z.number().nullable() })
        .nullable(),
    }),
  ),
  getMasterEndpoint: look(
    'get-master-endpoint.ps1',
    z.strictObject({ name: z.string(), port: z.number() }),
    z.strictObject({
      addresses: names,
      /** Of the certificate that a TLS handshake presents; null where there is none. */
      thumbprint: z.string().nullable(),
    }),
  ),
} as const;

export const sql = {
  getMasterProperties: look(
    'get-master-properties.sql',
    nothing,
    z.strictObject({
      /** Null where SSISDB has no such row. */
      address: z.string().nullable(),
      machine: z.string().nullable(),
      isFresh: z.boolean(),
    }),
  ),
  setMasterAddress: change('set-master-address.sql', z.strictObject({ address: z.string() })),
} as const;
