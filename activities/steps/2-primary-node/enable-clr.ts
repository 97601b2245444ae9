import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * SSISDB's procedures are managed code. On an engine that others use too, a person is asked: the option is
 * one for the whole instance.
 *
 * Source: *SSIS Catalog*, create the catalog; *clr enabled server configuration option* (no restart).
 */
export const enableClr = defineChange({
  id: 'enable-clr',
  title: 'Turn on the common language runtime of the engine',
  why: 'SSISDB cannot be created or used without it.',
  on: theFirstNode,
  patience: { applyMinutes: 2, settleMinutes: 1 },
  takes: () => ({}),

  observed: z.strictObject({ clrEnabled: z.boolean(), otherDatabases: z.array(z.string()) }),
  async probe({ sql }) {
    const { clrEnabled, otherDatabases } = await sql.run('getEngineOptions', {});
    return { clrEnabled, otherDatabases };
  },
  shortfall: ({ clrEnabled }) => (clrEnabled ? [] : ['clr enabled is 0']),
  kinds: ['security-setting'],
  gate: ({ otherDatabases }) =>
    otherDatabases.length === 0
      ? null
      : `Turn clr enabled from 0 to 1 on an engine that holds ${otherDatabases.join(', ')} too?`,

  async apply({ sql }) {
    await sql.run('setClr', { enabled: true });
  },
  undo: {
    async auto({ sql }, _input, { before }) {
      if (before.clrEnabled) return;
      const { state } = await sql.run('getCatalogPlace', {});
      if (state !== null) {
        throw new OperatorError(
          'SSISDB is still on this engine and needs the common language runtime',
          'Skip this undo, or drop SSISDB first, then retry.',
        );
      }
      await sql.run('setClr', { enabled: false });
    },
  },
});
