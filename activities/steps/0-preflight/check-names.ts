import { z } from 'zod';
import { adviceFor, asFindings, faultsOf, type Finding, type Line } from '../../requests/lines.ts';
import { defineCheck } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * The three names and addresses that the cluster will take: its own, the listener's and the role's. Each
 * computer object is prestaged, disabled and open to who will take it, or may be made; no DNS record leads
 * elsewhere; nobody answers at an address. What the cluster holds already is as it should be.
 *
 * Stands last of the preflight and waits for all of it, so that what follows waits for one step only.
 *
 * Source: *Prestage cluster computer objects in Active Directory Domain Services*; *Create a failover cluster*,
 * verify the prerequisites.
 */
export const checkNames = defineCheck({
  id: 'check-names',
  title: 'Look whether names and addresses are free',
  why: 'A name or address that is taken shows only when the cluster, the listener or the role comes online.',
  on: theFirstNode,
  after: [
    'check-host',
    'check-secrets',
    'check-media',
    'check-accounts',
    'check-spns',
    'check-certificates',
    'check-trusted-roots',
    'check-shares',
    'check-ports',
    'check-sign-in',
  ],
  takes(site) {
    const { cluster, availabilityGroup, scaleOutMaster, directory, operator } = site;
    const cno = `${directory.netbios}\\${cluster.name}$`;
    const listener = availabilityGroup.listener;
    return {
      domain: directory.domain,
      ou: directory.ou,
      prestaged: directory.computerObjects === 'prestaged',
      operator: operator.account,
      names: [
        { name: cluster.name, holder: operator.account, ips: [cluster.ip] },
        { name: listener.name, holder: cno, ips: listener.addresses.map(({ ip }) => ip) },
        { name: scaleOutMaster.name, holder: cno, ips: scaleOutMaster.addresses.map(({ ip }) => ip) },
      ],
    };
  },

  observed: z.strictObject({
    mayCreate: z.boolean(),
    names: z.array(
      z.strictObject({
        name: z.string(),
        computer: z.strictObject({ isEnabled: z.boolean(), holderMayTake: z.boolean() }).nullable(),
        addresses: z.array(z.string()),
      }),
    ),
    answering: z.array(z.string()),
    held: z.strictObject({ names: z.array(z.string()), addresses: z.array(z.string()) }),
  }),
  probe: ({ powershell }, { domain, ou, names }) =>
    powershell.run('getNames', {
      domain,
      ou,
      names: names.map(({ name, holder }) => ({ name, holder })),
      addresses: names.flatMap(({ ips }) => ips),
    }),
  shortfall: (observed, input) => faultsOf(findings(observed, input)),
  notes: ({ held }) => (held.names.length > 0 ? [`The cluster holds ${held.names.join(', ')} already`] : []),
  advice: (observed, input) =>
    adviceFor(
      findings(observed, input),
      'Have the directory team prestage the computer objects (disabled, full control for who takes them) and free names and addresses, then retry.',
    ),
});

interface Seen {
  readonly mayCreate: boolean;
  readonly names: readonly {
    readonly name: string;
    readonly computer: SeenComputer | null;
    readonly addresses: readonly string[];
  }[];
  readonly answering: readonly string[];
  readonly held: { readonly names: readonly string[]; readonly addresses: readonly string[] };
}

interface SeenComputer {
  readonly isEnabled: boolean;
  readonly holderMayTake: boolean;
}

interface Asked {
  /** Of the cluster, the listener and the role. */
  readonly names: readonly {
    readonly name: string;
    readonly holder: string;
    readonly ips: readonly string[];
  }[];
  readonly ou: string;
  readonly prestaged: boolean;
  readonly operator: string;
}

/** In the order of the names. */
const OBJECT_LINES: readonly Line[] = ['cluster-object', 'listener-object', 'role-object'];

function findings({ mayCreate, names: found, answering, held }: Seen, asked: Asked): readonly Finding[] {
  const { names, ou, prestaged, operator } = asked;
  const isHeld = new Set(held.names.map((name) => name.toLowerCase()));
  const isAnswering = new Set(answering.filter((address) => !held.addresses.includes(address)));
  const seen = new Map(found.map((one) => [one.name, one]));
  const free = names
    .map((wanted, at) => ({ ...wanted, line: OBJECT_LINES[at] ?? null }))
    .filter(({ name }) => !isHeld.has(name.toLowerCase()));
  const mustCreate = free.some(({ name }) => !seen.get(name)?.computer);
  return [
    ...free.flatMap(({ name, holder, ips, line }) => [
      ...asFindings(line, objectFault(seen.get(name)?.computer ?? null, { name, holder, prestaged })),
      ...asFindings('cluster-names', recordFault(seen.get(name)?.addresses ?? [], name, ips)),
    ]),
    ...(mustCreate && !prestaged && !mayCreate
      ? asFindings('creation-right', [`${operator} may not create computer objects in ${ou}`])
      : []),
    ...names.flatMap(({ name, ips }) =>
      asFindings(
        'addresses',
        ips
          .filter((ip) => isAnswering.has(ip))
          .map((ip) => `Something answers at ${ip}, which is meant for ${name}`),
      ),
    ),
  ];
}

interface Wanted {
  readonly name: string;
  readonly holder: string;
  readonly prestaged: boolean;
}

function objectFault(computer: SeenComputer | null, { name, holder, prestaged }: Wanted): string[] {
  if (computer === null) return prestaged ? [`The computer object ${name} is not prestaged`] : [];
  if (computer.isEnabled) return [`The computer object ${name} is enabled: somebody uses the name`];
  return computer.holderMayTake || !prestaged
    ? []
    : [`${holder} has no full control of the computer object ${name}`];
}

/** A record that waits there with the right address is as good as none. */
function recordFault(addresses: readonly string[], name: string, ips: readonly string[]): string[] {
  const others = addresses.filter((address) => !ips.includes(address));
  return others.length > 0 ? [`${name} resolves to ${others.join(', ')}, not to ${ips.join(', ')}`] : [];
}
