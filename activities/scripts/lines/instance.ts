import { z } from 'zod';
import { look, nothing, secret, secretAnswer } from '../script.ts';

/** The road to an engine through the agent's own account; which statement goes over it says whether it changes. */
export const powershell = {
  invokeSql: look(
    'invoke-sql.ps1',
    z.strictObject({
      server: z.string(),
      port: z.number(),
      verify: z.boolean(),
      /** No connection is there yet: one that should be and is not was lost, with what it held. */
      opens: z.boolean(),
      statement: z.string(),
      /** The statement's own parameters as one JSON text. */
      values: secret,
    }),
    z.strictObject({
      result: secretAnswer.nullable(),
      error: z
        .strictObject({
          number: z.number(),
          severity: z.number(),
          state: z.number(),
          message: z.string(),
        })
        .nullable(),
    }),
  ),
  closeSql: look('close-sql.ps1', nothing, nothing),
} as const;

export const sql = {
  releaseFence: look('release-fence.sql', nothing, nothing),
  getInstance: look(
    'get-instance.sql',
    nothing,
    z.strictObject({
      serverName: z.string(),
      version: z.string(),
      edition: z.string(),
      /** 3 for Enterprise, Developer and Evaluation, in any language. */
      engineEdition: z.number(),
      hadrEnabled: z.boolean(),
      hadrStatus: z.number().nullable(),
      windowsOnly: z.boolean(),
      collation: z.string(),
    }),
  ),
} as const;
