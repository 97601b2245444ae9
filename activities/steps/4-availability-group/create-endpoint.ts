import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import type { Ports } from '../../ports.ts';
import { replicasOf, targetOf } from '../../primary.ts';
import { healthSession, replicaEndpoint } from '../../scripts/lines/always-on.ts';
import type { ApplyContext } from '../../step-spec.ts';
import { defineChange } from '../../step.ts';
import { everyNode } from '../hosts.ts';

const observed = z.strictObject({
  endpoint: replicaEndpoint.nullable(),
  accounts: z.array(z.strictObject({ account: z.string(), hasLogin: z.boolean(), mayConnect: z.boolean() })),
  system: z.strictObject({ hasLogin: z.boolean(), missing: z.array(z.string()) }),
  health: healthSession,
  groups: z.array(z.string()),
});

type Observed = z.output<typeof observed>;
type Endpoint = z.output<typeof replicaEndpoint>;

/**
 * One endpoint per instance: one that is there is used as it is, with its own name and port, as long as it can
 * serve; only its owner, its state and its grants are changed, after a person agreed. Every other engine's
 * account may connect, which sharing one account does not give; an engine without an account in the domain is
 * its machine to the others. The cluster service gets what it needs to watch the instance.
 *
 * Source: *CREATE ENDPOINT*, database mirroring options; *AG prerequisites*, endpoint permissions; *dbatools*,
 * New-DbaAvailabilityGroup (grants of the cluster service); domain facts, 4.2 and C12.
 */
export const createEndpoint = defineChange({
  id: 'create-endpoint',
  title: 'Create the endpoint for replicas',
  why: 'Replicas send each other the log through it.',
  on: everyNode,
  after: ['enable-always-on'],
  // Each asks all the others who they are, and would find their fences held.
  holds: everyNode,
  patience: { applyMinutes: 10, settleMinutes: 3 },
  takes: (site, host) => ({
    host,
    port: site.availabilityGroup.endpointPort,
    netbios: site.directory.netbios,
    replicas: { ...replicasOf(site) },
  }),

  observed,
  async probe(ports, { host, netbios, replicas }) {
    const others = replicas.nodes.filter((node) => node !== host);
    const accounts = new Map<string, string>();
    for (const node of others) {
      const { account, machine } = await ports.sql.run('getAlwaysOn', {}, targetOf(node, replicas));
      const known = networkAccount(account, machine, netbios);
      accounts.set(known.toLowerCase(), known);
    }
    const { groups } = await ports.sql.run('getAlwaysOn', {});
    return { ...(await ports.sql.run('getEndpoint', { accounts: [...accounts.values()] })), groups };
  },
  shortfall: ({ endpoint, accounts, system, health }, { host }) => [
    ...(endpoint === null ? [`${host} has no endpoint for replicas`] : unfit(usable(endpoint, host), host)),
    ...accounts
      .filter(({ mayConnect }) => !mayConnect)
      .map(({ account }) => `${account} may not connect to the endpoint of ${host}`),
    ...(system.missing.length === 0
      ? []
      : [`The cluster service lacks ${system.missing.join(', ')} on ${host}`]),
    ...(health.startsWithEngine && health.runs
      ? []
      : [`The session AlwaysOn_health does not run on ${host}`]),
  ],
  notes: ({ endpoint }, { host, port }) =>
    endpoint === null || endpoint.port === port
      ? []
      : [
          `The endpoint of ${host} listens at ${endpoint.port}, not at ${port}: the group will use ${endpoint.port}, so firewalls must let it through`,
        ],
  gate({ endpoint, groups }, { host, port }) {
    if (endpoint === null || (isFit(endpoint) && endpoint.port === port)) return null;
    const used = groups.length === 0 ? 'no availability group' : groups.join(', ');
    return `Use the endpoint ${endpoint.name} that ${host} has (port ${endpoint.port}, ${endpoint.state}, owner ${endpoint.owner}; used by ${used}), started and owned by sa?`;
  },

  async apply({ sql }, { port }, { before }) {
    const { endpoint, accounts, system, health } = before;
    if (endpoint === null) await sql.run('createEndpoint', { port });
    else if (!isFit(endpoint))
      await sql.run('setEndpoint', { name: endpoint.name, started: true, owner: null });
    const name = endpoint?.name ?? NAME;
    for (const { account } of accounts.filter(({ mayConnect }) => !mayConnect)) {
      await sql.run('grantEndpoint', { name, account });
    }
    if (system.missing.length > 0) await sql.run('grantClusterService', {});
    if (!health.startsWithEngine || !health.runs) {
      await sql.run('setHealthSession', { startsWithEngine: true, runs: true });
    }
  },
  undo: { auto: takeBack },
});

const NAME = 'Hadr_endpoint';

async function takeBack({ sql }: Ports, _input: unknown, { before }: ApplyContext<Observed>): Promise<void> {
  const { endpoint, accounts, system, health } = before;
  const name = endpoint?.name ?? NAME;
  for (const { account, hasLogin } of accounts.filter(({ mayConnect }) => !mayConnect)) {
    await sql.run('revokeEndpoint', { name, account, dropLogin: !hasLogin });
  }
  if (endpoint === null) await sql.run('dropEndpoint', { name });
  else if (!isFit(endpoint)) {
    await sql.run('setEndpoint', { name, started: endpoint.state === 'STARTED', owner: endpoint.owner });
  }
  if (system.missing.length > 0) {
    await sql.run('revokeClusterService', { permissions: [...system.missing], dropLogin: !system.hasLogin });
  }
  if (!health.startsWithEngine || !health.runs) await sql.run('setHealthSession', health);
}

/**
 * What an engine is to other machines. Source: *Service accounts*: virtual accounts and the local system sign in
 * as the machine; *CREATE LOGIN*: FROM WINDOWS takes DOMAIN\\name alone.
 */
function networkAccount(account: string | null, machine: string, netbios: string): string {
  const [user = '', domain] = (account ?? '').split('@');
  if (domain !== undefined) return `${netbios}\\${user}`;
  return !user.includes('\\') || /^NT [^\\]+\\/i.test(user) ? `${netbios}\\${machine}$` : user;
}

function isFit({ state, ownedBySa }: Endpoint): boolean {
  return state === 'STARTED' && ownedBySa;
}

function unfit({ name, state, owner, ownedBySa }: Endpoint, host: string): string[] {
  return [
    ...(state === 'STARTED' ? [] : [`The endpoint ${name} of ${host} is ${state}`]),
    ...(ownedBySa ? [] : [`The endpoint ${name} of ${host} belongs to ${owner}, not to sa`]),
  ];
}

/**
 * Throws an OperatorError where others have set the endpoint up in a way that cannot serve the group.
 *
 * Source: *sys.database_mirroring_endpoints*, role_desc, connection_auth_desc, encryption_algorithm_desc.
 */
function usable(endpoint: Endpoint, host: string): Endpoint {
  const { name, role, authentication, encryption } = endpoint;
  const serves = role === 'ALL' || role === 'PARTNER';
  const signsIn = /NTLM|KERBEROS|NEGOTIATE/.test(authentication);
  if (serves && signsIn && encryption.includes('AES')) return endpoint;
  throw new OperatorError(
    `The endpoint ${name} of ${host} cannot serve the group: role ${role}, authentication ${authentication}, encryption ${encryption}`,
    'Settle with those who use it that it takes Windows authentication and AES in the role ALL, then retry.',
  );
}
