import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { replicasOf } from '../../primary.ts';
import { sameName } from '../../same-name.ts';
import {
  balancedOf,
  isAnswered,
  lookAtProbePort,
  missingOfProbePort,
  probePortObserved,
  setProbePort,
  wantedProbePort,
} from '../../setup/probe-port.ts';
import { versionSuffix } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * Where the role would rather live, where it may, and whether it goes back by itself. A node without the
 * Master is no owner: the role would fail there. Over several subnets a client that tries one address only is
 * better off when DNS names the living one alone and forgets it soon; workers are such clients. There the name
 * must come online with any one of its addresses. Behind a load balancer its address answers the probe.
 *
 * Source: *Set-ClusterOwnerNode*; *ClusterGroup*, AutoFailbackType; *Listener*, RegisterAllProvidersIP and
 * HostRecordTTL, which are parameters of any network name; *Set-ClusterResourceDependency*; domain facts, *Azure VM
 * specifics*.
 */
export const tuneRole = defineChange({
  id: 'tune-role',
  title: 'Set owners and failback of the role',
  why: 'The role must come to rest where the site wants it, and only where a Master is.',
  on: theFirstNode,
  patience: { applyMinutes: 5, settleMinutes: 5 },
  interrupts: ['workers'],
  takes: (site) => ({
    suffix: versionSuffix(site),
    nodes: [...replicasOf(site).nodes],
    preferredOwners: site.scaleOutMaster.preferredOwners,
    failsBack: site.scaleOutMaster.failback,
    registration:
      site.scaleOutMaster.addresses.length > 1 ? { registerAllProviders: 0, timeToLive: 300 } : null,
    loadBalancer: balancedOf(site.scaleOutMaster.addresses, site.scaleOutMaster.probePort),
  }),

  observed: z.strictObject({
    role: z
      .strictObject({
        name: z.string(),
        possibleOwners: z.array(z.string()),
        preferredOwners: z.array(z.string()),
        failsBack: z.boolean(),
        registerAllProviders: z.number().nullable(),
        timeToLive: z.number().nullable(),
        needsAllAddresses: z.boolean(),
        balanced: probePortObserved.nullable(),
      })
      .nullable(),
  }),
  async probe(ports, { suffix, nodes, loadBalancer }) {
    const { role } = await ports.powershell.run('getMasterRole', { suffix, nodes: [...nodes] });
    if (role === null) return { role };
    const { name, possibleOwners, preferredOwners, failsBack, network } = role;
    return {
      role: {
        name,
        possibleOwners,
        preferredOwners,
        failsBack,
        registerAllProviders: network?.registerAllProviders ?? null,
        timeToLive: network?.timeToLive ?? null,
        needsAllAddresses: network?.needsAllAddresses ?? false,
        balanced: await lookAtProbePort(ports, loadBalancer),
      },
    };
  },
  shortfall({ role }, { suffix, nodes, preferredOwners, failsBack, registration, loadBalancer }) {
    if (role === null) return [`No clustered role owns SSISScaleOutMaster${suffix}`];
    const foreign = role.possibleOwners.filter((owner) => !nodes.some((node) => sameName(node, owner)));
    const missing = nodes.filter((node) => !role.possibleOwners.some((owner) => sameName(node, owner)));
    return [
      ...foreign.map((node) => `${node} may own ${role.name} and has no Master`),
      ...missing.map((node) => `${node} may not own ${role.name}`),
      ...(inOrder(role.preferredOwners, preferredOwners)
        ? []
        : [`${role.name} prefers ${said(role.preferredOwners)}, not ${said(preferredOwners)}`]),
      ...(role.failsBack === failsBack
        ? []
        : [`${role.name} ${role.failsBack ? 'goes' : 'does not go'} back by itself`]),
      ...(isRegistered(role, registration)
        ? []
        : [
            `The name of ${role.name} is registered with RegisterAllProvidersIP ${role.registerAllProviders}, HostRecordTTL ${role.timeToLive}`,
          ]),
      ...(waitsInVain(role, registration)
        ? [`The name of ${role.name} waits for all its addresses, of which one is online at a time`]
        : []),
      ...missingOfProbePort(role.balanced, loadBalancer),
    ];
  },
  gate({ role }, { registration, preferredOwners, failsBack, loadBalancer }) {
    if (role === null) return null;
    const isChosen =
      role.failsBack || (role.preferredOwners.length > 0 && !inOrder(role.preferredOwners, preferredOwners));
    const questions = [
      ...(isChosen
        ? [
            `Change ${role.name} from ${wishes(role.preferredOwners, role.failsBack)} to ${wishes(preferredOwners, failsBack)}? Somebody chose what is there.`,
          ]
        : []),
      ...(isAnswered(role.balanced, loadBalancer)
        ? []
        : [
            `Let the address of ${role.name} answer a load balancer at port ${loadBalancer?.probePort}? The role goes offline for a moment.`,
          ]),
      ...(isRegistered(role, registration) && !waitsInVain(role, registration)
        ? []
        : [
            `Change how the name of ${role.name} is registered? The role goes offline for a moment, and workers find no Master meanwhile.`,
          ]),
    ];
    return questions.length === 0 ? null : questions.join(' ');
  },

  async apply(ports, input, { before: { role } }) {
    const { suffix, nodes, preferredOwners, failsBack, registration, loadBalancer } = input;
    if (role === null) {
      throw new OperatorError(
        `No clustered role owns SSISScaleOutMaster${suffix}`,
        'Let the step "Create the clustered role of the Scale Out Master" be done, then retry.',
      );
    }
    await ports.powershell.run('tuneMasterRole', {
      suffix,
      possibleOwners: [...nodes],
      preferredOwners: [...preferredOwners],
      failsBack,
      needOneAddress: waitsInVain(role, registration),
      registration: isRegistered(role, registration) ? null : registration,
    });
    if (loadBalancer === null || isAnswered(role.balanced, loadBalancer)) return;
    await setProbePort(ports, loadBalancer, wantedProbePort(loadBalancer));
  },
  undo: {
    async auto(ports, { suffix, nodes, registration, loadBalancer }, { before }) {
      const { role } = await ports.powershell.run('getMasterRole', { suffix, nodes: [...nodes] });
      if (before.role === null || role === null) return;
      const { possibleOwners, preferredOwners, failsBack, registerAllProviders, timeToLive } = before.role;
      await ports.powershell.run('tuneMasterRole', {
        suffix,
        possibleOwners: [...possibleOwners],
        preferredOwners: [...preferredOwners],
        failsBack,
        needOneAddress: false,
        registration: isRegistered(before.role, registration) ? null : { registerAllProviders, timeToLive },
      });
      const { balanced } = before.role;
      if (loadBalancer && balanced && !isAnswered(balanced, loadBalancer))
        await setProbePort(ports, loadBalancer, balanced);
    },
    residue: ['a network name that comes online with any one of its addresses'],
  },
});

interface Registration {
  readonly registerAllProviders: number | null;
  readonly timeToLive: number | null;
}

function isRegistered(role: Registration, wanted: Registration | null): boolean {
  if (wanted === null) return true;
  return role.registerAllProviders === wanted.registerAllProviders && role.timeToLive === wanted.timeToLive;
}

/** Over several subnets some address is always offline. */
function waitsInVain(role: { readonly needsAllAddresses: boolean }, wanted: Registration | null): boolean {
  return wanted !== null && role.needsAllAddresses;
}

function inOrder(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, at) => sameName(name, other[at] ?? ''));
}

function wishes(preferredOwners: readonly string[], failsBack: boolean): string {
  return `preferring ${said(preferredOwners)} ${failsBack ? 'with' : 'without'} failback`;
}

function said(names: readonly string[]): string {
  return names.join(', ') || 'no node';
}
