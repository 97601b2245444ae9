import { z } from 'zod';
import { OperatorError } from '../failures.ts';
import type { Site } from '../site.ts';
import type { After } from '../step-spec.ts';
import { defineChange, type Step } from '../step.ts';
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
    takes: (site, host) => ({ host, account: accountOf(site) }),

    observed: z.strictObject({ exists: z.boolean(), isDisabled: z.boolean() }),
    probe: ({ sql }, { account }) => sql.run('getAccountLogin', { account }),
    shortfall: ({ exists, isDisabled }, { host, account }) => [
      ...(exists ? [] : [`${account} has no login on ${host}`]),
      ...(isDisabled ? [`The login ${account} on ${host} is disabled`] : []),
    ],

    async apply({ sql }, { host, account }, { before }) {
      // Somebody had a reason to switch it off.
      if (before.isDisabled) {
        throw new OperatorError(
          `The login ${account} on ${host} is disabled`,
          `Run ALTER LOGIN [${account}] ENABLE on ${host} after its owner has agreed, then retry.`,
        );
      }
      await sql.run('createAccountLogin', { account });
    },
    undo: {
      async auto({ sql }, { account }, { before }) {
        if (!before.exists) await sql.run('dropAccountLogin', { account });
      },
    },
  });
}
