import { z } from 'zod';
import { look, nothing } from '../script.ts';

export const sql = {
  takeFence: look('take-fence.sql', nothing, z.strictObject({ taken: z.boolean() })),
  releaseFence: look('release-fence.sql', nothing, nothing),
  getInstance: look(
    'get-instance.sql',
    nothing,
    z.strictObject({
      serverName: z.string(),
      version: z.string(),
      edition: z.string(),
      hadrEnabled: z.boolean(),
      hadrStatus: z.number().nullable(),
      windowsOnly: z.boolean(),
      collation: z.string(),
    }),
  ),
} as const;
