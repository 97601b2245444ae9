import type * as lines from '../../activities/scripts/lines/load-balancer.ts';
import { AVAILABILITY_GROUP, moveGroup } from '../model/cluster.ts';
import type { ClusterGroup, ClusterResource } from '../model/estate/cluster.ts';
import { IP_ADDRESS } from '../model/network-names.ts';
import { PowerShellRefusal, type PowerShellAnswers, type Scene } from '../scene.ts';
import { requireCluster } from './cluster.ts';
import { requireAdministrator } from './host.ts';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getProbePort: {
    target: ({ address }) => address,
    answer: (scene, { address }) => {
      const found = addressOf(scene, address);
      if (!found) return { address: null };
      const { ProbePort = 0, SubnetMask } = found.resource.parameters;
      return { address: { probePort: Number(ProbePort), mask: String(SubnetMask) } };
    },
  },
  setProbePort: {
    target: ({ address, probePort }) => `${address}:${probePort}`,
    takesMinutes: 0.5,
    answer: (scene, { address, probePort, mask }) => {
      requireAdministrator(scene);
      const found = addressOf(scene, address);
      if (!found) throw new PowerShellRefusal(`The cluster has no address ${address}`);
      const { group, resource } = found;
      Object.assign(resource.parameters, { ProbePort: probePort, SubnetMask: mask });
      if (group.type !== AVAILABILITY_GROUP) moveGroup(scene.estate, group, group.owner, scene.now);
      return {};
    },
  },
};

function addressOf(
  scene: Scene,
  address: string,
): { readonly group: ClusterGroup; readonly resource: ClusterResource } | null {
  for (const group of Object.values(requireCluster(scene, 'Get-ClusterResource').groups)) {
    const resource = Object.values(group.resources).find(
      ({ type, parameters }) => type === IP_ADDRESS && parameters['Address'] === address,
    );
    if (resource) return { group, resource };
  }
  return null;
}
