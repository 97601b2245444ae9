import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import { asFindings, type Finding, type Line } from '../../requests/lines.ts';
import { clusterAddresses } from '../../site.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * The three names and addresses that the cluster will take: its own, the listener's and the role's. Each
 * computer object is prestaged, disabled and open to who will take it, or may be made; no DNS record leads
 * elsewhere; nobody answers at an address. What the cluster holds already is as it should be.
 *
 * Source: *Prestage cluster computer objects in Active Directory Domain Services*; *Create a failover cluster*,
 * verify the prerequisites.
 */
export const checkNames = defineFindings({
  id: 'check-names',
  title: 'Look whether names and addresses are free',
  why: 'A name or address that is taken shows only when the cluster, the listener or the role comes online.',
  on: theFirstNode,
  after: [{ sameHost: 'check-host' }],
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
        {
          name: cluster.name,
          holder: operator.account,
          ips: clusterAddresses(site),
          // A distributed name stands for the addresses of the nodes.
          ...(cluster.ip === undefined ? { leadsTo: site.nodes.map(({ ip }) => ip) } : {}),
        },
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
  findings: (observed, input) => findings(observed, input),
  notes: ({ held }) => (held.names.length > 0 ? [`The cluster holds ${held.names.join(', ')} already`] : []),
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
    /** Where its record may lead; left out, to its own addresses. */
    readonly leadsTo?: readonly string[];
  }[];
  readonly ou: string;
  readonly prestaged: boolean;
  readonly operator: string;
}

/** In the order of the names: the line that asks for the object, and the step that takes the name. */
const USES: readonly Use[] = [
  { line: 'cluster-object', breaks: ['create-cluster'] },
  { line: 'listener-object', breaks: ['create-listener'] },
  { line: 'role-object', breaks: ['create-role'] },
];

interface Use {
  readonly line: Line;
  readonly breaks: readonly string[];
}

function findings({ mayCreate, names: found, answering, held }: Seen, asked: Asked): readonly Finding[] {
  const { names, ou, prestaged, operator } = asked;
  const isHeld = new Set(held.names.map((name) => name.toLowerCase()));
  const isAnswering = new Set(answering.filter((address) => !held.addresses.includes(address)));
  const seen = new Map(found.map((one) => [one.name, one]));
  const mustCreate = names.some(({ name }) => !isHeld.has(name.toLowerCase()) && !seen.get(name)?.computer);
  const mayNot = mustCreate && !prestaged && !mayCreate;
  return [
    ...names.flatMap((wanted, at) => {
      const { name, ips, leadsTo = ips } = wanted;
      const isFree = !isHeld.has(name.toLowerCase());
      const { computer = null, addresses = [] } = seen.get(name) ?? {};
      // The name of a cluster that is there may stand for its nodes, whatever the site file says.
      const mayLeadAnywhere = at === 0 && !isFree;
      return [
        ...(isFree ? objectFinding(computer, { ...wanted, prestaged }, USES[at]?.line ?? null) : []),
        ...(mayLeadAnywhere ? [] : recordFinding(addresses, name, leadsTo)),
        ...addressFindings(
          ips.filter((ip) => isAnswering.has(ip)),
          name,
        ),
      ].map((finding) => ({ ...finding, ...breaksOf(at) }));
    }),
    ...asFindings(
      'creation-right',
      mayNot ? [`${operator} may not create computer objects in ${ou}`] : [],
      'creation-right-missing',
    ),
  ];
}

function breaksOf(at: number): Pick<Finding, 'breaks'> {
  const use = USES[at];
  return use ? { breaks: use.breaks } : {};
}

interface Wanted {
  readonly name: string;
  readonly holder: string;
  readonly prestaged: boolean;
}

function objectFinding(
  computer: SeenComputer | null,
  { name, holder, prestaged }: Wanted,
  line: Line | null,
): readonly Finding[] {
  if (computer === null) {
    const missing = prestaged ? [`The computer object ${name} is not prestaged`] : [];
    return asFindings(line, missing, 'name-not-prestaged');
  }
  if (computer.isEnabled) {
    return asFindings(
      line,
      [`The computer object ${name} is enabled: somebody uses the name`],
      'name-in-use',
    );
  }
  if (computer.holderMayTake || !prestaged) return [];
  return asFindings(line, [`${holder} has no full control of the computer object ${name}`], 'name-closed');
}

/** A record that waits there with the right address is as good as none. */
function recordFinding(addresses: readonly string[], name: string, ips: readonly string[]) {
  const others = addresses.filter((address) => !ips.includes(address));
  const fault = `${name} resolves to ${others.join(', ')}, not to ${ips.join(', ')}`;
  return asFindings('cluster-names', others.length > 0 ? [fault] : [], 'name-leads-elsewhere');
}

function addressFindings(taken: readonly string[], name: string): readonly Finding[] {
  return asFindings(
    'addresses',
    taken.map((ip) => `Something answers at ${ip}, which is meant for ${name}`),
    'address-answers',
  );
}
