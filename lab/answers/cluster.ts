import type * as lines from '../../activities/scripts/lines/cluster.ts';
import { witnessIsOnline } from '../model/cluster.ts';
import { requireAddresses, requireReady, requireWitness, warningsOf } from '../model/cluster-rules.ts';
import {
  bringComputerOnline,
  deleteComputer,
  prestageComputer,
  takeComputerOffline,
} from '../model/computers.ts';
import type { Estate } from '../model/estate.ts';
import { formCluster } from '../model/form-cluster.ts';
import type { Cluster, ClusterGroup } from '../model/estate/cluster.ts';
import { readFile, removeFile, writeFile } from '../model/files.ts';
import { sameName } from '../model/same-name.ts';
import { PowerShellRefusal, type PowerShellAnswers, type Scene } from '../scene.ts';
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
          nodes: joined.nodes.map(({ name, state }) => ({ name, state })),
          groups: Object.values(joined.groups).map(({ name, state, owner, type }) => ({
            name,
            state,
            owner,
            type,
          })),
        },
      };
    },
  },
  newCluster: {
    target: ({ name }) => name,
    takesMinutes: 2,
    answer: (scene, { name, nodes, addresses, managementPoint }) => {
      const { estate, now, host } = scene;
      requireAdministrator(scene);
      requireModule(scene, 'New-Cluster');
      requireFreeNodes(estate, nodes);
      if (managementPoint === 'singleton') requireAddresses(estate, nodes, addresses);
      const ofNodes = nodes.flatMap((node) => estate.hosts[node]?.ip ?? []);
      bringComputerOnline(scene, name, scene.account, addresses.length > 0 ? addresses : ofNodes);
      formCluster(estate, { name, addresses, nodes, owner: host.name, now });
      return {};
    },
  },
  removeCluster: {
    target: ({ name }) => name,
    takesMinutes: 1,
    answer: (scene, { name }) => {
      requireAdministrator(scene);
      const joined = clusterOf(scene);
      if (!joined || joined.name !== name)
        throw new PowerShellRefusal(`This node does not belong to ${name}`);
      const others = Object.values(joined.groups).filter((group) => !CORE_GROUPS.has(group.type));
      if (others.length > 0)
        throw new PowerShellRefusal(
          `The cluster still holds ${others.map((group) => group.name).join(', ')}`,
        );
      scene.estate.cluster = null;
      for (const node of joined.nodes) delete scene.estate.hosts[node.name]?.services['ClusSvc'];
      takeComputerOffline(scene.estate, name);
      return {};
    },
  },
  getValidation: {
    target: ({ nodes }) => nodes.join(','),
    answer: (scene, { nodes }) => {
      const kept = readFile(scene, verdictOf(nodes));
      if (!kept || !readFile(scene, reportOf(nodes))) return { validation: null };
      return { validation: { report: reportOf(nodes), warnings: JSON.parse(kept.content) as string[] } };
    },
  },
  validateNodes: {
    target: ({ nodes, ignore }) =>
      `${nodes.join(',')}${ignore.length > 0 ? ` without ${ignore.join(',')}` : ''}`,
    takesMinutes: 6,
    answer: (scene, { nodes }) => {
      requireAdministrator(scene);
      requireModule(scene, 'Test-Cluster');
      requireReady(scene.estate, nodes);
      writeFile(scene, reportOf(nodes), '<html>');
      writeFile(scene, verdictOf(nodes), JSON.stringify(warningsOf(scene.estate, nodes)));
      return {};
    },
  },
  removeValidation: {
    target: ({ nodes }) => nodes.join(','),
    answer: (scene, { nodes }) => {
      removeFile(scene, reportOf(nodes));
      removeFile(scene, verdictOf(nodes));
      return {};
    },
  },
  createComputer: {
    target: ({ name }) => name,
    answer: (scene, { name, holder }) => {
      prestageComputer(scene, name, holder);
      return {};
    },
  },
  removeComputer: {
    target: ({ name }) => name,
    answer: ({ estate }, { name }) => {
      deleteComputer(estate, name);
      return {};
    },
  },
  getQuorum: {
    target: () => '',
    answer: (scene) => {
      const joined = clusterOf(scene);
      if (!joined) return { quorum: null };
      requireModule(scene, 'Get-ClusterQuorum');
      return {
        quorum: {
          cluster: joined.name,
          nodes: joined.nodes.map(({ name, state }) => ({ name, state, votes: 1 })),
          witness: { ...joined.witness, isOnline: witnessIsOnline(scene.estate) },
        },
      };
    },
  },
  setWitness: {
    target: ({ kind, at }) => `${kind} ${at ?? ''}`.trim(),
    takesMinutes: 0.3,
    answer: (scene, { kind, at, key }) => {
      requireAdministrator(scene);
      const joined = requireCluster(scene, 'Set-ClusterQuorum');
      requireWitness(scene, joined, { kind, at: at ?? '', key });
      joined.witness = { kind, at };
      return {};
    },
  },
};

const CORE_GROUPS: ReadonlySet<string> = new Set(['Cluster', 'AvailableStorage']);

export function clusterOf({ estate, host }: Scene): Cluster | null {
  return estate.cluster?.nodes.some((node) => node.name === host.name) ? estate.cluster : null;
}

/** The cluster that the host belongs to, asked by a cmdlet that needs one. */
export function requireCluster(scene: Scene, cmdlet: string): Cluster {
  requireModule(scene, cmdlet);
  const cluster = clusterOf(scene);
  if (cluster) return cluster;
  throw new PowerShellRefusal(
    'The cluster service is not running',
    'ClusterCmdletException',
    'ConnectionError',
    -2147023836,
  );
}

/** Source: [MS-ERREF]: ERROR_GROUP_NOT_FOUND (5013). */
export function groupNamed({ groups }: Cluster, name: string): ClusterGroup {
  const group = Object.values(groups).find((known) => sameName(known.name, name));
  if (group) return group;
  throw new PowerShellRefusal(
    `There is no cluster group ${name}`,
    'ObjectNotFound',
    'ObjectNotFound',
    -2147019883,
  );
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

function requireFreeNodes(estate: Estate, nodes: readonly string[]): void {
  requireReady(estate, nodes);
  for (const name of nodes) {
    if (estate.cluster?.nodes.some((node) => node.name === name)) {
      throw new PowerShellRefusal(
        `${name} belongs to the cluster ${estate.cluster.name} already`,
        'NodeInCluster',
        'ResourceExists',
      );
    }
  }
}

function reportOf(nodes: readonly string[]): string {
  const name = nodes
    .map((node) => node.toUpperCase())
    .toSorted()
    .join('+');
  return `C:\\ProgramData\\ssis-ha\\validation\\${name}.htm`;
}

function verdictOf(nodes: readonly string[]): string {
  return reportOf(nodes).replace(/\.htm$/, '.json');
}
