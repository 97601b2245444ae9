import { EXAMPLE_ANSWERS, networkOf, type Draft, type Host } from './site-answers.ts';

/* What Enter takes at each question of `ssis-ha init`, as the answers before it suggest. */

/** Source: *Latest updates and version history for SQL Server*; a late cumulative update of each version. */
const BUILDS = { 2017: '14.0.3456.2', 2019: '15.0.4420.2', 2022: '16.0.4165.4' } as const;

export function proposedBuild({ version = EXAMPLE_ANSWERS.version }: Draft): string {
  return BUILDS[version];
}

/** Source: *Naming conventions in Active Directory*: the prefix of the DNS name, 15 characters at most. */
export function proposedNetbios({ domain = EXAMPLE_ANSWERS.domain }: Draft): string {
  return (domain.split('.')[0] ?? '').slice(0, 15).replace(/-+$/, '').toUpperCase();
}

export function proposedAccount({ netbios = EXAMPLE_ANSWERS.netbios }: Draft, example: string): string {
  return `${netbios}${example.slice(example.indexOf('\\'))}`;
}

export function proposedName(before: Host | undefined, example: string): string {
  return before === undefined ? example : nextName(before.name);
}

/** The next free address; that of the node where a worker is one. */
export function proposedAddress(draft: Draft, name: string, before: Host | undefined): string {
  const node = draft.nodes?.find((host) => host.name === name && host.ip !== '');
  if (node !== undefined) return node.ip;
  const [first] = draft.nodes ?? [];
  if (before !== undefined) return freeAddress(draft, networkOf(before.ip), lastNumber(before.ip) + 1);
  if (first === undefined || first.ip === '') return EXAMPLE_ANSWERS.nodes[0]?.ip ?? '';
  return freeAddress(draft, networkOf(first.ip), FIRST_WORKER);
}

const FIRST_WORKER = 31;

/** A free address in each network of the nodes; in each of the listener's once these are known. */
export function proposedAddresses(draft: Draft, number: number): readonly string[] {
  const inUse = draft.listenerAddresses ?? draft.nodes ?? [];
  const networks = [...new Set(inUse.map(({ ip }) => networkOf(ip)))];
  return networks.map((network) => freeAddress(draft, network, number));
}

function freeAddress(draft: Draft, network: string, from: number): string {
  const taken = new Set([
    ...[...(draft.nodes ?? []), ...(draft.workers ?? []), ...(draft.listenerAddresses ?? [])].map(
      ({ ip }) => ip,
    ),
    ...(draft.clusterAddresses ?? []),
  ]);
  for (let number = from; number < 255; number += 1) {
    if (!taken.has(`${network}.${number}`)) return `${network}.${number}`;
  }
  return `${network}.${Math.min(from, 254)}`;
}

function lastNumber(ip: string): number {
  return Number(ip.slice(ip.lastIndexOf('.') + 1));
}

/** NODE-1 → NODE-2, SRV-A → SRV-B, HOST09 → HOST10. */
function nextName(name: string): string {
  const [, start = name, digits = ''] = /^(.*?)(\d*)$/.exec(name) ?? [];
  if (digits !== '') return `${start}${String(Number(digits) + 1).padStart(digits.length, '0')}`;
  const [, stem, letter = ''] = /^(.*[-_])([A-Ya-y])$/.exec(name) ?? [];
  return stem === undefined ? `${name}2` : `${stem}${String.fromCodePoint((letter.codePointAt(0) ?? 0) + 1)}`;
}
