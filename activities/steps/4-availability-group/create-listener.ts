import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import type { Ports } from '../../ports.ts';
import { primaryTarget } from '../../primary.ts';
import { quiesceCatalog, quiesceOf, type Quiesce } from '../../quiesce.ts';
import {
  balancedOf,
  isAnswered,
  lookAtProbePort,
  missingOfProbePort,
  probePortObserved,
  setProbePort,
  wantedProbePort,
  type Balanced,
} from '../../setup/probe-port.ts';
import type { Site } from '../../site.ts';
import type { ApplyContext } from '../../step-spec.ts';
import { defineChange } from '../../step.ts';
import { thePrimary } from '../hosts.ts';

const observed = z.strictObject({
  listener: z
    .strictObject({
      name: z.string(),
      port: z.number(),
      addresses: z.array(z.string()),
      isOnline: z.boolean(),
    })
    .nullable(),
  /** How its name is registered; null where one subnet leaves nothing to choose. */
  registration: z.strictObject({ registersAll: z.boolean(), recordSeconds: z.number() }).nullable(),
  /** How its address answers a load balancer; null where none is meant. */
  balanced: probePortObserved.nullable(),
});

type Observed = z.output<typeof observed>;

/**
 * Source: *Listener*, RegisterAllProvidersIP and HostRecordTTL: clients that cannot say MultiSubnetFailover
 * want one address in DNS, and a short life of it. The Master's settings take a server name and nothing else.
 */
const ACROSS_SUBNETS = { registersAll: false, recordSeconds: 300 } as const;

/**
 * One name and port for whichever replica is primary. Names and addresses of a listener that is there are its
 * owner's affair; only its port is changed, how its name is registered, and how its address answers a load
 * balancer, after a person agreed.
 *
 * Source: *ALTER AVAILABILITY GROUP*, ADD LISTENER and MODIFY LISTENER; domain facts, 4.6, C7 and *Azure VM
 * specifics*.
 */
export const createListener = defineChange({
  id: 'create-listener',
  title: 'Create the listener of the availability group',
  why: 'Master, workers and people reach SSISDB by it, wherever it is primary.',
  on: thePrimary,
  after: ['store-master-key-password'],
  patience: { applyMinutes: 120, settleMinutes: 10 },
  takes: (site) => ({
    group: site.availabilityGroup.name,
    listener: site.availabilityGroup.listener.name,
    port: site.availabilityGroup.listener.port,
    addresses: site.availabilityGroup.listener.addresses.map(({ ip, mask }) => ({ ip, mask })),
    loadBalancer: loadBalancerOf(site),
    quiesce: { ...quiesceOf(site) },
  }),

  observed,
  async probe(ports, { group, listener: name, addresses, loadBalancer, quiesce }) {
    const { listener } = await ports.sql.run('getListener', { group }, await primaryTarget(ports, quiesce));
    const networkName = addresses.length > 1 && listener ? await registrationOf(ports, group, name) : null;
    return {
      listener: listener && {
        name: listener.name,
        port: listener.port,
        addresses: listener.addresses.map(({ ip }) => ip),
        isOnline: listener.addresses.some(({ state }) => state === 'ONLINE'),
      },
      registration: networkName,
      balanced: listener && (await lookAtProbePort(ports, loadBalancer)),
    };
  },
  shortfall({ listener, registration, balanced }, input) {
    const { group, listener: name, port, addresses, loadBalancer } = input;
    if (listener === null) return [`${group} has no listener`];
    refuseForeign(listener, group, name, addresses);
    return [
      ...(listener.port === port ? [] : [`The listener ${name} listens at ${listener.port}, not at ${port}`]),
      ...(listener.isOnline ? [] : [`No address of the listener ${name} is online`]),
      ...(registration === null || isAcrossSubnets(registration)
        ? []
        : [`The name ${name} is registered ${inWords(registration)}, not ${inWords(ACROSS_SUBNETS)}`]),
      ...missingOfProbePort(balanced, loadBalancer),
    ];
  },
  facts: ({ listener }, { group }) => [
    {
      about: 'listener',
      of: group,
      name: listener?.name ?? null,
      port: listener?.port ?? null,
      isOnline: listener?.isOnline ?? false,
    },
  ],
  gate({ listener, registration, balanced }, { listener: name, port, addresses, loadBalancer }) {
    const answers = loadBalancer === null ? '' : `, answering a load balancer at ${loadBalancer.probePort}`;
    if (listener !== null) {
      const registered = registration === null ? '' : `, registered ${inWords(registration)}`;
      return `Change the listener ${name}, which is there already (port ${listener.port}${registered}), to port ${port}${isAnswered(balanced, loadBalancer) ? '' : answers}? Connections by it are cut off.`;
    }
    if (addresses.length === 1 && loadBalancer === null) return null;
    const how = addresses.length > 1 ? ` ${inWords(ACROSS_SUBNETS)}` : '';
    return `Register the name ${name}${how}${answers}? It is taken offline for that, and the availability group with it, before anybody uses it.`;
  },

  async apply(ports, input, { before, runId, tries }) {
    const { group, listener: name, port, addresses, loadBalancer, quiesce } = input;
    const target = await primaryTarget(ports, quiesce);
    if (before.listener === null) {
      await ports.sql.run('addListener', { group, listener: name, port, addresses: [...addresses] }, target);
    } else if (before.listener.port !== port) {
      await ports.sql.run('setListenerPort', { group, listener: name, port }, target);
    }
    const attempt = { of: `register ${name} ${runId}`, tries };
    if (loadBalancer !== null && !isAnswered(await lookAtProbePort(ports, loadBalancer), loadBalancer)) {
      await quiesceCatalog(ports, quiesce, attempt);
      await setProbePort(ports, loadBalancer, wantedProbePort(loadBalancer));
    }
    if (addresses.length === 1) return;
    const registered = await registrationOf(ports, group, name);
    if (registered && isAcrossSubnets(registered) && (before.listener?.isOnline ?? true)) return;
    await quiesceCatalog(ports, quiesce, attempt);
    await ports.powershell.run('setListenerNetworkName', { resource: `${group}_${name}`, ...ACROSS_SUBNETS });
  },
  undo: {
    auto: (ports, input, context) => takeBack(ports, input, context),
    residue: ["the listener's computer object in the directory, disabled", "the listener's record in DNS"],
  },
});

interface Input {
  readonly group: string;
  readonly listener: string;
  readonly loadBalancer: Balanced | null;
  readonly quiesce: Quiesce;
}

function loadBalancerOf({ availabilityGroup }: Site): Balanced | null {
  return balancedOf(availabilityGroup.listener.addresses, availabilityGroup.listener.probePort);
}

async function takeBack(
  ports: Ports,
  { group, listener, loadBalancer, quiesce }: Input,
  { before, runId, tries }: ApplyContext<Observed>,
): Promise<void> {
  const target = await primaryTarget(ports, quiesce);
  if (before.listener === null)
    return void (await ports.sql.run('removeListener', { group, listener }, target));
  await ports.sql.run('setListenerPort', { group, listener, port: before.listener.port }, target);
  const attempt = { of: `register ${listener} again ${runId}`, tries };
  const balanced = await lookAtProbePort(ports, loadBalancer);
  if (loadBalancer && before.balanced && JSON.stringify(balanced) !== JSON.stringify(before.balanced)) {
    await quiesceCatalog(ports, quiesce, attempt);
    await setProbePort(ports, loadBalancer, before.balanced);
  }
  const now = before.registration === null ? null : await registrationOf(ports, group, listener);
  if (before.registration === null || now === null || inWords(now) === inWords(before.registration)) return;
  await quiesceCatalog(ports, quiesce, attempt);
  await ports.powershell.run('setListenerNetworkName', {
    resource: `${group}_${listener}`,
    ...before.registration,
  });
}

async function registrationOf({ powershell }: Ports, group: string, listener: string) {
  const { networkName } = await powershell.run('getListenerNetworkName', {
    resource: `${group}_${listener}`,
  });
  return networkName && { registersAll: networkName.registersAll, recordSeconds: networkName.recordSeconds };
}

function isAcrossSubnets(registration: NonNullable<Observed['registration']>): boolean {
  return inWords(registration) === inWords(ACROSS_SUBNETS);
}

function inWords({ registersAll, recordSeconds }: NonNullable<Observed['registration']>): string {
  return `with ${registersAll ? 'all its addresses' : 'the address that is online'} for ${recordSeconds} seconds`;
}

function refuseForeign(
  listener: NonNullable<Observed['listener']>,
  group: string,
  wanted: string,
  addresses: readonly { readonly ip: string }[],
): void {
  if (listener.name.toLowerCase() !== wanted.toLowerCase()) {
    throw new OperatorError(
      `${group} has the listener ${listener.name} already, not ${wanted}: there can be one only`,
      `Name ${listener.name} in the site file, or have its owner remove it, then retry.`,
    );
  }
  const missing = addresses.filter(({ ip }) => !listener.addresses.includes(ip)).map(({ ip }) => ip);
  if (missing.length === 0) return;
  throw new OperatorError(
    `The listener ${wanted} lacks the address ${missing.join(', ')}: it has ${listener.addresses.join(', ')}`,
    'Add it with ALTER AVAILABILITY GROUP … MODIFY LISTENER … ADD IP, or correct the site file, then retry.',
  );
}
