import { z } from 'zod';
import type { Site } from '../site.ts';
import { defineChange, type After, type Step } from '../step.ts';
import type { Placement } from '../steps/hosts.ts';

interface AccountLoginSpec {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly on: Placement;
  readonly after?: readonly After[];
  readonly account: (site: Site) => string;
}

/**
 * Gives a Windows account a login on an instance. Its SID is the directory's and so the same everywhere: it fits
 * the user that travels inside SSISDB.
 *
 * Source: *CREATE LOGIN*, FROM WINDOWS.
 */
export function defineAccountLogin({ account: accountOf, ...spec }: AccountLoginSpec): Step {
  return defineChange({
    ...spec,
    patience: { applyMinutes: 2, settleMinutes: 1 },
    takes: (site) => ({ account: accountOf(site) }),

    observed: z.strictObject({ exists: z.boolean() }),
    probe: ({ sql }, { account }) => sql.run('getAccountLogin', { account }),
    shortfall: ({ exists }, { account }) => (exists ? [] : [`${account} has no login`]),

    async apply({ sql }, { account }) {
      await sql.run('createAccountLogin', { account });
    },
    undo: {
      async auto({ sql }, { account }, { before }) {
        if (!before.exists) await sql.run('dropAccountLogin', { account });
      },
    },
  });
}
