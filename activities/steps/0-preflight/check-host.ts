import { z } from 'zod';
import { adviceFor, asFindings, faultsOf, type Finding } from '../../requests/lines.ts';
import { fullName, type Site } from '../../site.ts';
import { defineCheck } from '../../step.ts';
import { everyHost } from '../hosts.ts';

/**
 * What every machine must be before anything is done to it. The build of the operating system must be the
 * same on all nodes, which the cluster's own validation compares.
 *
 * Source: *Maximum tolerance for computer clock synchronization*: Kerberos refuses five minutes. *Hardware and
 * software requirements* of SQL Server: 6 GB for the product. *KB 832017*: cluster nodes need the RPC endpoint
 * mapper of one another.
 */
export const checkHost = defineCheck({
  id: 'check-host',
  title: 'Look at the machine',
  why: 'A machine outside the domain, with a wrong clock or without rights fails half way.',
  on: everyHost,
  after: [],
  takes(site, host) {
    const isNode = site.nodes.some(({ name }) => name === host);
    const nodes = site.nodes.map(({ name, ip }) => ({ name: fullName(name, site), ip }));
    const own = site.workers.filter(({ name }) => !isNode && name === host);
    return {
      host,
      isNode,
      domain: site.directory.domain,
      operator: site.operator.account,
      peers: [...nodes, ...own.map(({ name, ip }) => ({ name: fullName(name, site), ip }))],
      drives: drivesOf(site, isNode),
    };
  },

  observed: z.strictObject({
    domain: z.string().nullable(),
    isMemberServer: z.boolean(),
    build: z.string(),
    account: z.string(),
    isAdministrator: z.boolean(),
    /** Whole minutes; null where the domain did not tell its time. */
    clockMinutesOff: z.number().nullable(),
    fullDrives: z.array(z.strictObject({ name: z.string(), freeGb: z.number() })),
    missingDrives: z.array(z.string()),
    peers: z.array(
      z.strictObject({ name: z.string(), addresses: z.array(z.string()), answers: z.boolean() }),
    ),
    restartReasons: z.array(z.string()),
  }),
  async probe({ powershell }, { domain, peers, drives }) {
    const {
      skewSeconds,
      drives: found,
      ...seen
    } = await powershell.run('getHost', {
      domain,
      peers: peers.map(({ name }) => name),
    });
    const { reasons } = await powershell.run('getPendingRestart', {});
    const letters = new Set(found.map(({ name }) => name.toUpperCase()));
    return {
      ...seen,
      clockMinutesOff: skewSeconds === null ? null : Math.trunc(Math.abs(skewSeconds) / 60),
      fullDrives: found.filter(
        ({ name, freeGb }) => drives.includes(name.toUpperCase()) && freeGb < NEEDED_GB,
      ),
      missingDrives: drives.filter((drive) => !letters.has(drive)),
      restartReasons: reasons,
    };
  },
  shortfall: (seen, input) => faultsOf(findings(seen, input)),
  notes: ({ build, restartReasons }, { host }) => [
    `${host} has build ${build} of Windows`,
    ...restartReasons.map((reason) => `A restart of ${host} pends: ${reason}`),
  ],
  advice: (seen, input) =>
    adviceFor(
      findings(seen, input),
      'Mend the machine, its entry in the directory or the site file, then retry.',
    ),
});

interface Seen {
  readonly domain: string | null;
  readonly isMemberServer: boolean;
  readonly account: string;
  readonly isAdministrator: boolean;
  readonly clockMinutesOff: number | null;
  readonly fullDrives: readonly { readonly name: string; readonly freeGb: number }[];
  readonly missingDrives: readonly string[];
  readonly peers: readonly {
    readonly name: string;
    readonly addresses: readonly string[];
    readonly answers: boolean;
  }[];
}

interface Asked {
  readonly host: string;
  readonly isNode: boolean;
  readonly domain: string;
  readonly operator: string;
  readonly peers: readonly { readonly name: string; readonly ip: string }[];
}

function findings(seen: Seen, { host, isNode, domain, operator, peers }: Asked): readonly Finding[] {
  const found = new Map(seen.peers.map((peer) => [peer.name, peer]));
  const silent = peers.filter(
    ({ name }) => isNode && found.get(name)?.answers === false && found.get(name)?.addresses.length,
  );
  return [
    ...asFindings('hosts', memberFaults(seen, host, domain)),
    ...asFindings('local-administrators', operatorFaults(seen, host, operator)),
    ...asFindings('hosts', clockFault(seen.clockMinutesOff, host, domain)),
    ...asFindings(null, driveFaults(seen, host)),
    ...asFindings(
      'hosts',
      peers.flatMap(({ name, ip }) => nameFault(found.get(name)?.addresses ?? [], name, ip)),
    ),
    ...asFindings(
      'firewalls',
      silent.map(({ name }) => `${name} does not answer ${host} on TCP 135`),
    ),
  ];
}

function memberFaults(seen: Seen, host: string, domain: string): string[] {
  return [
    ...(same(seen.domain, domain) ? [] : [`${host} is in ${seen.domain ?? 'no domain'}, not in ${domain}`]),
    ...(seen.isMemberServer ? [] : [`${host} is a domain controller or no server`]),
  ];
}

function operatorFaults({ account, isAdministrator }: Seen, host: string, operator: string): string[] {
  return [
    ...(same(account, operator) ? [] : [`Scripts run as ${account} on ${host}, not as ${operator}`]),
    ...(isAdministrator ? [] : [`${account} is no administrator of ${host}, or not elevated`]),
  ];
}

function driveFaults({ missingDrives, fullDrives }: Seen, host: string): string[] {
  return [
    ...missingDrives.map((drive) => `${host} has no drive ${drive}:`),
    ...fullDrives.map(
      ({ name, freeGb }) => `${name}: of ${host} has ${freeGb} GB free, ${NEEDED_GB} are needed`,
    ),
  ];
}

const NEEDED_GB = 6;
const CLOCK_MINUTES_ALLOWED = 5;

/** Drives that the product is installed on, and those of the databases on nodes. */
function drivesOf(site: Site, isNode: boolean): string[] {
  const folders = isNode ? Object.values(site.instance.directories) : [];
  const letters = folders
    .filter((folder) => /^[A-Za-z]:/.test(folder))
    .map((folder) => folder.slice(0, 1).toUpperCase());
  return [...new Set(['C', ...letters])];
}

function clockFault(minutesOff: number | null, host: string, domain: string): string[] {
  if (minutesOff === null) return [`${domain} did not tell ${host} its time`];
  return minutesOff < CLOCK_MINUTES_ALLOWED
    ? []
    : [`The clock of ${host} is ${minutesOff} minutes off that of ${domain}`];
}

function nameFault(addresses: readonly string[], name: string, ip: string): string[] {
  return addresses.includes(ip)
    ? []
    : [`${name} resolves to ${addresses.join(', ') || 'nothing'}, not to ${ip}`];
}

function same(one: string | null, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
