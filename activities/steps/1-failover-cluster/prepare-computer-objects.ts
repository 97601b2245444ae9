import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { adviceFor, type Line } from '../../requests/lines.ts';
import type { Site } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode, type Placement } from '../hosts.ts';

/** Where the directory team has prestaged the objects there is nothing to prepare: the preflight looks at them. */
const theFirstNodeWhereTheyAreMade: Placement = (site) =>
  site.directory.computerObjects === 'create' ? theFirstNode(site) : [];

/**
 * Makes the computer objects of the cluster, the listener and the role: disabled, the first open to the
 * operator, the others to the cluster's own account. So the cluster needs no right on the unit, and no quota
 * of objects is used up.
 *
 * Source: *Prestage cluster computer objects in Active Directory Domain Services*, steps 1 to 3.
 */
export const prepareComputerObjects = defineChange({
  id: 'prepare-computer-objects',
  title: 'Make the computer objects',
  why: 'Cluster, listener and role come online only under objects that they may take.',
  on: theFirstNodeWhereTheyAreMade,
  patience: { applyMinutes: 10, settleMinutes: 15 },
  takes: (site) => ({
    domain: site.directory.domain,
    ou: site.directory.ou,
    objects: objectsOf(site),
  }),

  observed: z.strictObject({
    objects: z.array(
      z.strictObject({
        name: z.string(),
        state: z.enum(['missing', 'closed', 'ready', 'taken', 'held']),
      }),
    ),
  }),
  async probe({ powershell }, { domain, ou, objects }) {
    const { names, held } = await powershell.run('getNames', { domain, ou, names: objects, addresses: [] });
    const isHeld = new Set(held.names.map((name) => name.toLowerCase()));
    return {
      objects: names.map(({ name, computer }) => {
        if (isHeld.has(name.toLowerCase())) return { name, state: 'held' as const };
        if (computer === null) return { name, state: 'missing' as const };
        if (computer.isEnabled) return { name, state: 'taken' as const };
        return { name, state: computer.holderMayTake ? ('ready' as const) : ('closed' as const) };
      }),
    };
  },
  shortfall: ({ objects: seen }, { objects }) =>
    seen.flatMap(({ name, state }) => {
      const holder = objects.find((wanted) => wanted.name === name)?.holder ?? '';
      if (state === 'missing') return [`There is no computer object ${name}`];
      if (state === 'closed') return [`${holder} has no full control of the computer object ${name}`];
      return state === 'taken' ? [`The computer object ${name} is enabled: somebody uses the name`] : [];
    }),
  gate({ objects }) {
    const foreign = objects.filter(({ state }) => state === 'closed').map(({ name }) => name);
    if (foreign.length === 0) return null;
    return `Open the computer objects ${foreign.join(', ')}, which this run did not make, to who will take them?`;
  },

  async apply({ powershell }, { ou, objects }, { before }) {
    refuseTaken(before.objects);
    const unready = new Set(
      before.objects.filter(({ state }) => state === 'missing' || state === 'closed').map(({ name }) => name),
    );
    // In this order: the others are opened to the account that comes with the first.
    for (const object of objects.filter(({ name }) => unready.has(name))) {
      await powershell.run('createComputer', { ...object, ou });
    }
  },
  undo: {
    async asks({ powershell }, { ou, objects }, { before }) {
      const made = new Set(before.objects.filter(({ state }) => state === 'missing').map(({ name }) => name));
      for (const { name } of objects.filter((object) => made.has(object.name)).toReversed()) {
        await powershell.run('removeComputer', { name, ou });
      }
    },
    residue: ['full control given on computer objects that were there before'],
  },
});

/** In the order of the objects. */
const LINES: readonly Line[] = ['cluster-object', 'listener-object', 'role-object'];

function refuseTaken(objects: readonly { readonly name: string; readonly state: string }[]): void {
  const taken = objects
    .map(({ name, state }, at) => ({ name, state, line: LINES[at] ?? null }))
    .filter(({ state }) => state === 'taken');
  if (taken.length === 0) return;
  throw new OperatorError(
    `The computer objects ${taken.map(({ name }) => name).join(', ')} are enabled: somebody uses the names`,
    adviceFor(
      taken.map(({ name, line }) => ({ fault: name, line })),
      'Name others in the site file, or free these, then retry.',
    ),
  );
}

function objectsOf({ cluster, availabilityGroup, scaleOutMaster, directory, operator }: Site) {
  const cno = `${directory.netbios}\\${cluster.name}$`;
  return [
    { name: cluster.name, holder: operator.account },
    { name: availabilityGroup.listener.name, holder: cno },
    { name: scaleOutMaster.name, holder: cno },
  ];
}
