import type * as lines from '../../activities/scripts/lines/cluster.ts';
import { PowerShellRefusal, type PowerShellAnswers, type Scene } from '../scene.ts';
import type { Cluster, Estate } from '../model/estate.ts';
import { requireAdministrator } from './host.ts';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getCluster: {
    target: () => '',
    answer: (scene) => {
      const joined = clusterOf(scene);
      if (!joined) return { cluster: null };
      requireModule(scene, 'Get-Cluster');
      return {
        cluster: {
          name: joined.name,
          nodes: joined.nodes.map((node) => ({ ...node })),
          groups: Object.values(joined.groups).map(({ name, state, owner, type }) => ({ name, state, owner, type })),
        },
      };
    },
  },
  newCluster: {
    target: ({ name }) => name,
    takesMinutes: 2,
    answer: (scene, { name, nodes, address }) => {
      requireAdministrator(scene);
      requireModule(scene, 'New-Cluster');
      requireFreeNodes(scene.estate, nodes);
      bringComputerOnline(scene, name, scene.account, [address]);
      scene.estate.cluster = {
        name,
        ip: address,
        nodes: nodes.map((node) => ({ name: node, state: 'Up' as const })),
        witness: { kind: 'none', at: null },
        groups: {
          'Cluster Group': {
            name: 'Cluster Group',
            type: 'Cluster',
            state: 'Online',
            owner: scene.host.name,
            preferredOwners: [],
            failback: false,
            resources: {},
          },
        },
      };
      for (const node of nodes) serviceOf(scene.estate, node, scene.now);
      return {};
    },
  },
  removeCluster: {
    target: ({ name }) => name,
    takesMinutes: 1,
    answer: (scene, { name }) => {
      requireAdministrator(scene);
      const joined = clusterOf(scene);
      if (!joined || joined.name !== name) throw new PowerShellRefusal(`This node does not belong to ${name}`);
      const others = Object.values(joined.groups).filter((group) => group.type !== 'Cluster');
      if (others.length > 0) throw new PowerShellRefusal(`The cluster still holds ${others.map((group) => group.name).join(', ')}`);
      scene.estate.cluster = null;
      for (const node of joined.nodes) delete scene.estate.hosts[node.name]?.services['ClusSvc'];
      takeComputerOffline(scene.estate, name);
      return {};
    },
  },
};

export function clusterOf({ estate, host }: Scene): Cluster | null {
  return estate.cluster?.nodes.some((node) => node.name === host.name) ? estate.cluster : null;
}

/** Without the management tools the module is missing, and with it every cmdlet. */
export function requireModule({ host }: Scene, cmdlet: string): void {
  if (host.features['RSAT-Clustering-PowerShell'] === 'Installed') return;
  throw new PowerShellRefusal(
    `The term '${cmdlet}' is not recognized`,
    'CommandNotFoundException',
    'ObjectNotFound',
  );
}

/**
 * A name of the cluster takes its computer object, prestaged and disabled with full control for who makes
 * it, or makes one where that is allowed. Source: *Prestage cluster computer objects*.
 */
export function bringComputerOnline(scene: Scene, name: string, by: string, addresses: string[]): void {
  const { directory } = scene.estate;
  const known = directory.computers[name.toLowerCase()];
  if (known?.enabled && !known.residue) {
    throw new PowerShellRefusal(`The computer object ${name} is enabled: the name is in use`, 'AlreadyExists', 'ResourceExists', -2147019892);
  }
  const mayTake = known?.fullControl.some((owner) => owner.toLowerCase() === by.toLowerCase()) ?? false;
  const mayCreate = directory.accounts[by.toLowerCase()]?.canCreateComputers ?? known === undefined;
  if (!mayTake && !(known === undefined && mayCreate)) {
    throw new PowerShellRefusal(`${by} may not create or take the computer object ${name}`, 'AccessDenied', 'PermissionDenied', -2147024891);
  }
  directory.computers[name.toLowerCase()] = { name, enabled: true, fullControl: known?.fullControl ?? [by] };
  directory.dns[name.toLowerCase()] = { addresses };
}

/** The object is disabled again; its DNS record stays behind. Source: domain facts, section 8, 1.4 and 4.6. */
export function takeComputerOffline(estate: Estate, name: string): void {
  const computer = estate.directory.computers[name.toLowerCase()];
  if (computer) computer.enabled = false;
  const record = estate.directory.dns[name.toLowerCase()];
  if (record) record.residue = true;
}

function requireFreeNodes(estate: Estate, nodes: readonly string[]): void {
  for (const name of nodes) {
    const host = estate.hosts[name];
    if (!host || host.restartingUntil !== null) {
      throw new PowerShellRefusal(`The node ${name} cannot be reached`, 'NodeUnreachable', 'ConnectionError', -2147023174);
    }
    if (host.features['Failover-Clustering'] !== 'Installed') {
      throw new PowerShellRefusal(`The failover clustering feature is not installed on ${name}`, 'FeatureMissing', 'NotInstalled');
    }
    if (estate.cluster?.nodes.some((node) => node.name === name)) {
      throw new PowerShellRefusal(`${name} belongs to the cluster ${estate.cluster.name} already`, 'NodeInCluster', 'ResourceExists');
    }
  }
}

function serviceOf(estate: Estate, node: string, now: number): void {
  const host = estate.hosts[node];
  if (!host) return;
  host.services['ClusSvc'] = {
    displayName: 'Cluster Service',
    state: 'Running',
    startMode: 'Automatic',
    account: 'LocalSystem',
    startedAt: now,
  };
}
