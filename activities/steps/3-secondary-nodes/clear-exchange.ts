import { z } from 'zod';
import { travellingPfx } from '../../setup/master-certificate.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/** The encrypted PFX lies on the exchange share no longer than the other nodes need it; the site keeps its own. */
export const clearExchange = defineChange({
  id: 'clear-exchange',
  title: 'Take the PFX off the exchange share',
  why: 'A key that everybody has been given is left lying nowhere.',
  on: (site) => (travellingPfx(site) === null ? [] : theFirstNode(site)),
  after: ['import-master-certificate'],
  patience: { applyMinutes: 2, settleMinutes: 1 },
  takes: (site) => ({ path: travellingPfx(site) ?? '' }),

  observed: z.strictObject({ exists: z.boolean() }),
  probe: ({ powershell }, { path }) => powershell.run('getFile', { path }),
  gate: (_observed, { path }) =>
    `Delete ${path}, now that every node has the key? The site keeps its own copy.`,
  shortfall: ({ exists }, { path }) => (exists ? [`${path} still lies there`] : []),

  async apply({ powershell }, { path }) {
    await powershell.run('removeFile', { path });
  },
  undo: { kept: 'Every node that needed the key has it; the site keeps the PFX itself.' },
});
