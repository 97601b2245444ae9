import { PowerShellRefusal, type Scene } from '../scene.ts';
import { clusterMayWrite } from './cluster.ts';
import type { Estate } from './estate.ts';
import { namesIn } from './language.ts';
import type { Cluster } from './estate/cluster.ts';
import { isInNetworkOf } from './networks.ts';

/** Source: *Test-Cluster*: each node must be reached and have the feature. */
export function requireReady({ hosts }: Estate, nodes: readonly string[]): void {
  for (const name of nodes) {
    const host = hosts[name];
    if (!host || host.restartingUntil !== null) {
      throw new PowerShellRefusal(
        `The node ${name} cannot be reached`,
        'NodeUnreachable',
        'ConnectionError',
        -2147023174,
      );
    }
    if (host.features['Failover-Clustering'] === 'Installed') continue;
    throw new PowerShellRefusal(
      `The failover clustering feature is not installed on ${name}`,
      'FeatureMissing',
      'NotInstalled',
    );
  }
}

/**
 * Every network of the nodes needs a static address, or must be left out on purpose.
 *
 * Source: *New-Cluster*, -StaticAddress and -IgnoreNetwork.
 */
export function requireAddresses(
  { hosts }: Estate,
  nodes: readonly string[],
  addresses: readonly string[],
): void {
  const machines = nodes.flatMap((name) => hosts[name] ?? []);
  const without = machines.find((host) => !addresses.some((ip) => isInNetworkOf(host, ip)));
  const stray = addresses.find((ip) => !machines.some((host) => isInNetworkOf(host, ip)));
  if (without === undefined && stray === undefined) return;
  throw new PowerShellRefusal(
    stray === undefined
      ? `A static address must be given for the network of ${without?.name ?? ''}`
      : `The static address ${stray} belongs to no cluster network`,
    'ClusterCmdletException',
    'InvalidArgument',
    -2147024809,
  );
}

/** What the validation finds worth a person's look. */
export function warningsOf(estate: Estate, nodes: readonly string[]): string[] {
  const { windowsVersion, updateLevels } = namesIn(estate);
  const machines = nodes.flatMap((name) => estate.hosts[name] ?? []);
  const builds = [...new Set(machines.map(({ osBuild }) => osBuild))];
  return [
    ...(builds.length > 1 ? [`${windowsVersion}: ${builds.join(', ')}`] : []),
    ...machines
      .filter(({ pendingRestart }) => pendingRestart.length > 0)
      .map(({ name }) => `${updateLevels}: a restart pends on ${name}`),
  ];
}

/** Source: *Deploy a quorum witness*; a storage account refuses a wrong key with an access error. */
export function requireWitness(
  scene: Scene,
  { name, groups }: Cluster,
  { kind, at, key }: { readonly kind: string; readonly at: string; readonly key: string | null },
): void {
  const { estate } = scene;
  if (
    kind === 'fileShare' &&
    !Object.keys(estate.shares).some((share) => share.toLowerCase() === at.toLowerCase())
  ) {
    throw new PowerShellRefusal(
      `The network path ${at} was not found`,
      'ClusterCmdletException',
      'ObjectNotFound',
      -2147024843,
    );
  }
  if (kind === 'fileShare' && !clusterMayWrite(estate, name, at)) {
    throw new PowerShellRefusal(
      `${estate.directory.netbios}\\${name}$ has no full control of ${at}`,
      'ClusterCmdletException',
      'PermissionDenied',
      -2147024891,
    );
  }
  if (
    kind === 'disk' &&
    !Object.values(groups).some(({ resources }) => resources[at]?.type === 'Physical Disk')
  ) {
    throw new PowerShellRefusal(
      `There is no cluster disk ${at}`,
      'ClusterCmdletException',
      'ObjectNotFound',
      -2147019889,
    );
  }
  if (kind !== 'cloud') return;
  const expected = estate.storageAccounts?.[at];
  if (expected !== undefined && key !== null && scene.unseal(expected) === key) return;
  throw new PowerShellRefusal(
    `The storage account ${at} refused the key`,
    'ClusterCmdletException',
    'PermissionDenied',
    -2147024891,
  );
}
