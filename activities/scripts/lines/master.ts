import { z } from 'zod';
import { change, look } from '../script.ts';

const suffix = z.string().regex(/^\d{3}$/);

export const powershell = {
  getMasterSettings: look(
    'get-master-settings.ps1',
    z.strictObject({ suffix }),
    z.strictObject({
      settings: z
        .strictObject({
          path: z.string(),
          isJson: z.boolean(),
          server: z.string().nullable(),
          port: z.number().nullable(),
          thumbprint: z.string().nullable(),
        })
        .nullable(),
      isRunning: z.boolean(),
      readsOlderFile: z.boolean(),
    }),
  ),
  setMasterServer: change(
    'set-master-server.ps1',
    z.strictObject({ suffix, server: z.string().regex(/^[\w.-]+,\d+$/), stamp: z.string() }),
  ),
  restoreMasterServer: change(
    'restore-master-server.ps1',
    z.strictObject({ suffix, server: z.string(), stamp: z.string() }),
  ),
  restartMaster: change('restart-master.ps1', z.strictObject({ suffix })),
} as const;
