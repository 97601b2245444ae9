import { z } from 'zod';
import { change, changeOnce, look, nothing, secret } from '../script.ts';

const thumbprint = z.string().regex(/^[0-9A-F]{40}$/);

/** What stands in the registry and is taken at the next start of the engine. */
export const engineSettings = z.strictObject({
  /** Thumbprint of the certificate for TLS; null for the one that the engine makes for itself. */
  certificate: thumbprint.nullable(),
  mixedMode: z.boolean(),
  tcpEnabled: z.boolean(),
  /** As the registry has it: empty where the port is chosen at the start. */
  tcpPort: z.string(),
  dynamicPorts: z.string(),
});

export type EngineSettings = z.output<typeof engineSettings>;

const instance = z.string();
const service = z.strictObject({ name: z.string() });

export const powershell = {
  getEngine: look(
    'get-engine.ps1',
    z.strictObject({ instance, certificate: thumbprint.nullable() }),
    z.strictObject({
      engine: z
        .strictObject({
          service: z.string(),
          account: z.string(),
          configured: engineSettings,
          keyIsReadable: z.boolean(),
          /** What the running engine goes by; null where it does not run. */
          live: z
            .strictObject({
              mixedMode: z.boolean(),
              ports: z.array(z.number()),
              /** Null where the log of its start is no longer kept. */
              certificateIsLoaded: z.boolean().nullable(),
              isPrimary: z.boolean(),
              databases: z.array(z.string()),
            })
            .nullable(),
        })
        .nullable(),
    }),
  ),
  setEngine: change('set-engine.ps1', z.strictObject({ instance, settings: engineSettings })),
  restartEngine: change('restart-engine.ps1', z.strictObject({ instance })),
  grantKey: change('grant-key.ps1', z.strictObject({ thumbprint, account: z.string() })),
  revokeKey: change('revoke-key.ps1', z.strictObject({ thumbprint, account: z.string() })),
  createCatalog: changeOnce(
    'create-catalog.ps1',
    z.strictObject({ instance, major: z.number(), password: secret }),
  ),
  getHeldService: look(
    'get-held-service.ps1',
    service,
    z.strictObject({
      service: z.strictObject({ startMode: z.string(), isRunning: z.boolean() }).nullable(),
    }),
  ),
  setHeldService: change(
    'set-held-service.ps1',
    service.extend({ startMode: z.enum(['Automatic', 'Manual', 'Disabled']), running: z.boolean() }),
  ),
} as const;

export const sql = {
  getEngineOptions: look(
    'get-engine-options.sql',
    nothing,
    z.strictObject({
      clrEnabled: z.boolean(),
      maxServerMemoryMb: z.number(),
      /** Databases of users, SSISDB left out. */
      otherDatabases: z.array(z.string()),
    }),
  ),
  setClr: change('set-clr.sql', z.strictObject({ enabled: z.boolean() })),
  setServerMemory: change('set-server-memory.sql', z.strictObject({ megabytes: z.number() })),
} as const;
