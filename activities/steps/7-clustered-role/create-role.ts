import { OperatorError } from '../../failures.ts';
import { groupIsOnline } from '../../group-state.ts';
import { primaryTarget, replicasOf } from '../../primary.ts';
import { fullName, versionSuffix } from '../../site.ts';
import { defineChange } from '../../step.ts';
import { everyNode, theFirstNode } from '../hosts.ts';
import { missingInRole, roleObserved, serviceIsWrong, type RoleObserved } from './role-observed.ts';

/**
 * One Master at a time, under a name that moves with it. The role is found by the service that it stands for,
 * not by its name or its state: the cluster calls a Master online whose certificate is missing, so what counts
 * is that it answers at its name with the right certificate and keeps its heartbeat in SSISDB. Neither storage
 * nor registry keys go with it. The cluster sets the service to Manual and stops it on the other nodes.
 *
 * Chapters 5 and 6 come first: a Master that starts with the wrong server must be started anew.
 *
 * Source: *HA*, step 7; *Add-ClusterGenericServiceRole*; *Generic Service*; *Prestage*, VCO.
 */
export const createRole = defineChange({
  id: 'create-role',
  title: 'Create the clustered role of the Scale Out Master',
  why: 'The Master must come up by itself on another node, under the same name.',
  on: theFirstNode,
  after: ['check-master-settings-agree', 'set-log-connection'],
  holds: everyNode,
  repeat: 'once',
  kinds: ['role-creation'],
  changesExisting: ({ role }) => role !== null,
  patience: { applyMinutes: 10, settleMinutes: 15 },
  takes: (site) => ({
    name: site.scaleOutMaster.name,
    fullName: fullName(site.scaleOutMaster.name, site),
    port: site.scaleOutMaster.port,
    addresses: site.scaleOutMaster.addresses.map(({ ip }) => ip),
    suffix: versionSuffix(site),
    replicas: { ...replicasOf(site) },
  }),

  observed: roleObserved,
  async probe(ports, { fullName: name, port, suffix, replicas }) {
    const { groups, role, services } = await ports.powershell.run('getMasterRole', {
      suffix,
      nodes: [...replicas.nodes],
    });
    const others = groups.filter((group) => group !== role?.name);
    if (role === null) return { others, services, role, answers: null };
    const { settings } = await ports.powershell.run('getMasterSettings', { suffix });
    const endpoint = await ports.powershell.run('getMasterEndpoint', { name, port });
    const primary = await primaryTarget(ports, replicas);
    const { machine, isFresh } = await ports.sql.run('getMasterProperties', {}, primary);
    const { network, name: group, state, owner, serviceState, addresses } = role;
    return {
      others,
      services,
      role: {
        name: group,
        state,
        owner,
        serviceState,
        dnsName: network?.dnsName ?? null,
        networkState: network?.state ?? null,
        statusDns: network?.statusDns ?? null,
        statusKerberos: network?.statusKerberos ?? null,
        addresses,
      },
      answers: { ...endpoint, expected: settings?.thumbprint ?? null, machine, isFresh },
    };
  },
  shortfall: (observed, input) => missingInRole(observed, input),
  facts: ({ role }, { name }) => [
    { about: 'role', of: name, owner: role?.owner ?? null, state: role?.state ?? null },
  ],
  gate({ role }, { name, addresses, replicas }) {
    const where = `${name} (${addresses.join(', ')})`;
    if (role === null) {
      return `Create the clustered role ${where} over ${replicas.nodes.join(', ')}? It takes its computer object and its DNS name, and the Master starts.`;
    }
    return `Bring the clustered role ${where} online on ${role.owner}? This run has not made it.`;
  },

  async apply({ powershell }, { name, fullName: dnsName, addresses, suffix, replicas }, { before }) {
    const { role, services } = before;
    if (role !== null) {
      if (!groupIsOnline(role.state) || role.serviceState !== 'Online')
        await powershell.run('startMasterRole', { name });
      else if (leadsElsewhere(before, addresses)) throw notInDns(before, { name, dnsName, addresses });
      return;
    }
    const wrong = services.flatMap((service) => serviceIsWrong(service, suffix));
    if (wrong.length > 0) {
      throw new OperatorError(
        wrong.join('; '),
        'Install the Master on every node, stop it there and set its start type to Manual, then retry.',
      );
    }
    await powershell.run('createMasterRole', {
      suffix,
      name,
      addresses: [...addresses],
      owners: [...replicas.nodes],
    });
  },
  undo: {
    async auto({ powershell }, { name, suffix, replicas }, { before }) {
      const { role } = await powershell.run('getMasterRole', { suffix, nodes: [...replicas.nodes] });
      if (role === null) return;
      if (before.role === null) await powershell.run('removeMasterRole', { suffix, name: role.name });
      else if (!groupIsOnline(before.role.state)) await powershell.run('stopMasterRole', { name });
    },
    residue: [
      'the computer object of the role, disabled, and its DNS record',
      'the start type Manual of the Master on every node',
    ],
  },
});

/** Its network name is online, so nothing that this step can do would register it: time does not help either. */
function leadsElsewhere({ role, answers }: RoleObserved, addresses: readonly string[]): boolean {
  return role?.networkState === 'Online' && !answers?.addresses.some((ip) => addresses.includes(ip));
}

interface Named {
  readonly name: string;
  readonly dnsName: string;
  readonly addresses: readonly string[];
}

/** Source: *Update-ClusterNetworkNameResource*; event 1196. */
function notInDns({ answers }: RoleObserved, { name, dnsName, addresses }: Named): OperatorError {
  return new OperatorError(
    `DNS leads ${dnsName} to ${answers?.addresses.join(', ') || 'nothing'}, not to ${addresses.join(', ')}`,
    `Have its record made in DNS, or run Update-ClusterNetworkNameResource for ${name}, then retry.`,
  );
}
