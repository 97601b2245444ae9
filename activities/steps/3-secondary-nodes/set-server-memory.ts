import { z } from 'zod';
import { defineChange } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * Source: *Server memory configuration options*: by default the engine takes what it can get; *max server
 * memory (MB)* takes effect without a restart.
 */
export const setServerMemory = defineChange({
  id: 'set-server-memory',
  title: 'Set the most memory that the engine takes',
  why: 'Packages, the Master and the cluster service run beside it.',
  on: everyNode,
  after: [{ sameHost: 'configure-engine' }, { sameHost: 'configure-engine-on-secondary' }],
  patience: { applyMinutes: 2, settleMinutes: 1 },
  takes: (site) => ({ megabytes: site.instance.maxServerMemoryMb }),

  observed: z.strictObject({ megabytes: z.number(), otherDatabases: z.array(z.string()) }),
  async probe({ sql }) {
    const { maxServerMemoryMb, otherDatabases } = await sql.run('getEngineOptions', {});
    return { megabytes: maxServerMemoryMb, otherDatabases };
  },
  shortfall: (observed, { megabytes }) =>
    observed.megabytes === megabytes
      ? []
      : [`max server memory is ${observed.megabytes} MB, not ${megabytes} MB`],
  gate: (observed, { megabytes }) =>
    observed.otherDatabases.length === 0
      ? null
      : `Change max server memory from ${observed.megabytes} to ${megabytes} MB on an engine that holds ${observed.otherDatabases.join(', ')} too?`,

  async apply({ sql }, { megabytes }) {
    await sql.run('setServerMemory', { megabytes });
  },
  undo: {
    async auto({ sql }, { megabytes }, { before }) {
      const { maxServerMemoryMb } = await sql.run('getEngineOptions', {});
      if (maxServerMemoryMb !== megabytes || before.megabytes === megabytes) return;
      await sql.run('setServerMemory', { megabytes: before.megabytes });
    },
  },
});
