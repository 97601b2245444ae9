import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import { asFindings, type Finding } from '../../requests/lines.ts';
import { firstNode, type Site } from '../../site.ts';
import { everyHost } from '../hosts.ts';

/**
 * What every machine must be before anything is done to it. The build of the operating system must be the
 * same on all nodes, which the cluster's own validation compares.
 *
 * Source: *Maximum tolerance for computer clock synchronization*: Kerberos refuses five minutes. *Hardware and
 * software requirements* of SQL Server: 6 GB for the product. *KB 832017*: cluster nodes need the RPC endpoint
 * mapper of one another.
 */
export const checkHost = defineFindings({
  id: 'check-host',
  title: 'Look at the machine',
  why: 'A machine outside the domain, with a wrong clock or without rights fails half way.',
  on: everyHost,
  after: [],
  takes(site, host) {
    const isNode = site.nodes.some(({ name }) => name === host);
    const own = site.workers.filter(({ name }) => !isNode && name === host);
    return {
      host,
      isNode,
      comparesBuilds: firstNode(site).name === host,
      domain: site.directory.domain,
      operator: site.operator.account,
      // Short names: eight of them with a long domain would be more of the site than a step may take.
      peers: [...site.nodes, ...own].map(({ name, ip }) => ({ name, ip })),
      drives: drivesOf(site, isNode),
      logDrive: isNode ? (letterOf(site.instance.directories.log) ?? '') : '',
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
    /** Those with less free space than they need; the drive of the logs needs more. */
    smallDrives: z.array(z.strictObject({ name: z.string(), freeGb: z.number() })),
    missingDrives: z.array(z.string()),
    peers: z.array(
      z.strictObject({
        name: z.string(),
        addresses: z.array(z.string()),
        answers: z.boolean(),
        build: z.string().nullable(),
      }),
    ),
  }),
  async probe({ powershell }, { domain, peers, drives, logDrive }) {
    const {
      skewSeconds,
      drives: found,
      ...seen
    } = await powershell.run('getHost', {
      domain,
      peers: peers.map(({ name }) => inFull(name, domain)),
    });
    const letters = new Set(found.map(({ name }) => name.toUpperCase()));
    return {
      ...seen,
      clockMinutesOff: skewSeconds === null ? null : Math.trunc(Math.abs(skewSeconds) / 60),
      smallDrives: found.filter(
        ({ name, freeGb }) =>
          drives.includes(name.toUpperCase()) &&
          freeGb < (name.toUpperCase() === logDrive ? LOG_GB : NEEDED_GB),
      ),
      missingDrives: drives.filter((drive) => !letters.has(drive)),
    };
  },
  findings: (seen, input) => findings(seen, input),
  warnings: ['log-drive-small', 'windows-builds-differ'],
  notes: ({ build }, { host }) => [`${host} has build ${build} of Windows`],
});

interface Seen {
  readonly build: string;
  readonly domain: string | null;
  readonly isMemberServer: boolean;
  readonly account: string;
  readonly isAdministrator: boolean;
  readonly clockMinutesOff: number | null;
  readonly smallDrives: readonly { readonly name: string; readonly freeGb: number }[];
  readonly missingDrives: readonly string[];
  readonly peers: readonly {
    readonly name: string;
    readonly addresses: readonly string[];
    readonly answers: boolean;
    readonly build: string | null;
  }[];
}

interface Asked {
  readonly host: string;
  readonly isNode: boolean;
  readonly comparesBuilds: boolean;
  readonly domain: string;
  readonly operator: string;
  readonly peers: readonly { readonly name: string; readonly ip: string }[];
}

function findings(seen: Seen, asked: Asked): readonly Finding[] {
  return [
    ...machineFindings(seen, asked),
    ...clockFindings(seen.clockMinutesOff, asked),
    ...driveFindings(seen, asked.host),
    ...peerFindings(seen, asked),
    ...buildFindings(seen, asked),
  ];
}

function machineFindings(seen: Seen, { host, domain, operator }: Asked): readonly Finding[] {
  const { account, isAdministrator, isMemberServer } = seen;
  const isElsewhere = !same(seen.domain, domain);
  const isOther = !same(account, operator);
  return [
    ...asFindings(
      'hosts',
      isElsewhere ? [`${host} is in ${seen.domain ?? 'no domain'}, not in ${domain}`] : [],
      'outside-domain',
    ),
    ...asFindings(
      'hosts',
      isMemberServer ? [] : [`${host} is a domain controller or no server`],
      'no-server',
    ),
    ...asFindings(
      'local-administrators',
      isOther ? [`Scripts run as ${account} on ${host}, not as ${operator}`] : [],
      'other-account',
    ),
    ...asFindings(
      'local-administrators',
      isAdministrator ? [] : [`${account} is no administrator of ${host}, or not elevated`],
      'no-administrator',
    ),
  ];
}

function clockFindings(minutesOff: number | null, { host, domain }: Asked): readonly Finding[] {
  if (minutesOff === null)
    return asFindings('hosts', [`${domain} did not tell ${host} its time`], 'clock-not-told');
  const isOff = minutesOff >= CLOCK_MINUTES_ALLOWED;
  const fault = `The clock of ${host} is ${minutesOff} minutes off that of ${domain}`;
  return asFindings('hosts', isOff ? [fault] : [], 'clock-skew');
}

function driveFindings({ missingDrives, smallDrives }: Seen, host: string): readonly Finding[] {
  return [
    ...asFindings(
      null,
      missingDrives.map((drive) => `${host} has no drive ${drive}:`),
      'drive-missing',
    ),
    ...smallDrives.map(({ name, freeGb }): Finding => {
      const isFull = freeGb < NEEDED_GB;
      return {
        id: isFull ? 'drive-full' : 'log-drive-small',
        line: null,
        fault: isFull
          ? `${name}: of ${host} has ${freeGb} GB free, ${NEEDED_GB} are needed`
          : `${name}: of ${host}, where transaction logs grow, has ${freeGb} GB free, less than ${LOG_GB}`,
      };
    }),
  ];
}

function peerFindings(seen: Seen, { host, isNode, domain, peers: asked }: Asked): readonly Finding[] {
  const peers = asked.map(({ name, ip }) => ({ name: inFull(name, domain), ip }));
  const found = new Map(seen.peers.map((peer) => [peer.name, peer]));
  const lost = peers.flatMap(({ name, ip }) => nameFault(found.get(name)?.addresses ?? [], name, ip));
  const silent = peers.filter(
    ({ name }) => isNode && found.get(name)?.answers === false && found.get(name)?.addresses.length,
  );
  return [
    ...asFindings('hosts', lost, 'name-leads-elsewhere'),
    ...asFindings(
      'firewalls',
      silent.map(({ name }) => `${name} does not answer ${host} on TCP 135`),
      'peer-silent',
    ),
  ];
}

function inFull(name: string, domain: string): string {
  return `${name}.${domain}`.toLowerCase();
}

/** The first node compares all: one finding for each node that differs. */
function buildFindings({ build, peers }: Seen, { host, comparesBuilds }: Asked): readonly Finding[] {
  const others = peers.filter((peer) => peer.build !== null && peer.build !== build);
  return asFindings(
    null,
    comparesBuilds
      ? others.map((peer) => `${peer.name} has build ${peer.build} of Windows, ${host} ${build}`)
      : [],
    'windows-builds-differ',
  );
}

const NEEDED_GB = 6;
/** A choice of this project: room for a night in which nobody backs the log up. */
const LOG_GB = 20;
const CLOCK_MINUTES_ALLOWED = 5;

/** Drives that the product is installed on, and those of the databases on nodes. */
function drivesOf(site: Site, isNode: boolean): string[] {
  const folders = isNode ? Object.values(site.instance.directories) : [];
  const letters = folders.map(letterOf).filter((letter) => letter !== null);
  return [...new Set(['C', ...letters])];
}

/** Null for a share. */
function letterOf(folder: string): string | null {
  return /^[A-Za-z]:/.test(folder) ? folder.slice(0, 1).toUpperCase() : null;
}

function nameFault(addresses: readonly string[], name: string, ip: string): string[] {
  return addresses.includes(ip)
    ? []
    : [`${name} resolves to ${addresses.join(', ') || 'nothing'}, not to ${ip}`];
}

function same(one: string | null, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
