import { z } from 'zod';
import { changeAnswering, look, secret } from '../script.ts';

const feature = z.strictObject({
  version: z.string().nullable(),
  hasService: z.boolean(),
  /** Whom its service runs as; null without one. */
  account: z.string().nullable(),
});

export const powershell = {
  getInstallation: look(
    'get-installation.ps1',
    z.strictObject({ instance: z.string(), suffix: z.string() }),
    z.strictObject({
      engine: z
        .strictObject({ version: z.string(), edition: z.string(), account: z.string().nullable() })
        .nullable(),
      integrationServices: z.boolean(),
      master: feature,
      worker: feature,
    }),
  ),
  startSetup: changeAnswering(
    'start-setup.ps1',
    z.strictObject({
      journal: z.string(),
      /** An end that another run has recorded there is put aside. */
      runId: z.string(),
      media: z.string(),
      arguments: z.array(z.strictObject({ name: z.string(), values: z.array(z.string()) })),
      secrets: z.array(z.strictObject({ name: z.string(), value: secret })),
    }),
    z.strictObject({ started: z.boolean() }),
  ),
  getSetup: look(
    'get-setup.ps1',
    z.strictObject({ journal: z.string(), waitSeconds: z.number() }),
    z.strictObject({ state: z.enum(['none', 'running', 'ended', 'lost']), exitCode: z.number().nullable() }),
  ),
} as const;
