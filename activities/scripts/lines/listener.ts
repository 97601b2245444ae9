import { z } from 'zod';
import { change, look } from '../script.ts';

const group = z.string();

const registration = z.strictObject({
  /** RegisterAllProvidersIP: all addresses stand in DNS at once, not only the one that is online. */
  registersAll: z.boolean(),
  /** HostRecordTTL. */
  recordSeconds: z.number(),
});

export const powershell = {
  getListenerNetworkName: look(
    'get-listener-network-name.ps1',
    z.strictObject({ resource: z.string() }),
    z.strictObject({ networkName: registration.extend({ state: z.string() }).nullable() }),
  ),
  setListenerNetworkName: change(
    'set-listener-network-name.ps1',
    registration.extend({ resource: z.string() }),
  ),
} as const;

export const sql = {
  getListener: look(
    'get-listener.sql',
    z.strictObject({ group }),
    z.strictObject({
      listener: z
        .strictObject({
          name: z.string(),
          port: z.number(),
          addresses: z.array(z.strictObject({ ip: z.string(), mask: z.string(), state: z.string() })),
        })
        .nullable(),
    }),
  ),
  addListener: change(
    'add-listener.sql',
    z.strictObject({
      group,
      listener: z.string(),
      port: z.number(),
      addresses: z.array(z.strictObject({ ip: z.string(), mask: z.string() })),
    }),
  ),
  setListenerPort: change(
    'set-listener-port.sql',
    z.strictObject({ group, listener: z.string(), port: z.number() }),
  ),
  removeListener: change('remove-listener.sql', z.strictObject({ group, listener: z.string() })),
} as const;
