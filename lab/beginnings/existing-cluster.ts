import { clusterAddresses, type Site } from '../../activities/site.ts';
import type { ClusterGroup } from '../model/estate/cluster.ts';
import { formCluster } from '../model/form-cluster.ts';
import { resource } from '../model/groups.ts';
import type { Beginning } from './beginning.ts';

/** A cluster of the same nodes and name, with a role of other people, and a healthy witness of its own kind. */
export const existingCluster: Beginning = {
  name: 'existing-cluster',
  title: 'The failover cluster is there, with a file server of other people and a witness of its own',
  build(estate, { site, now }) {
    const nodes = site.nodes.map(({ name }) => name);
    const [first = ''] = nodes;
    for (const node of nodes) {
      Object.assign(estate.hosts[node]?.features ?? {}, {
        'Failover-Clustering': 'Installed',
        'RSAT-Clustering-PowerShell': 'Installed',
      });
    }
    const addresses = clusterAddresses(site);
    const cluster = formCluster(estate, { name: site.cluster.name, addresses, nodes, owner: first, now });
    const { directory } = estate;
    const cno = `${directory.netbios}\\${site.cluster.name}$`;
    directory.computers[site.cluster.name.toLowerCase()] = {
      name: site.cluster.name,
      enabled: true,
      fullControl: [site.operator.account],
    };
    directory.dns[site.cluster.name.toLowerCase()] = { addresses };
    cluster.witness = { kind: 'cloud', at: 'witnessofothers' };
    cluster.groups[FILE_SERVER] = fileServer(site, nodes.at(-1) ?? first);
    directory.computers[FILE_SERVER.toLowerCase()] = { name: FILE_SERVER, enabled: true, fullControl: [cno] };
  },
};

const FILE_SERVER = 'FS-FINANCE';

/** Somebody else's role: a name and a share of its own, on the last node. */
function fileServer(site: Site, owner: string): ClusterGroup {
  const network = resource(FILE_SERVER, 'Network Name', { Name: FILE_SERVER, DnsName: FILE_SERVER });
  const share = resource(`File Server (\\\\${FILE_SERVER})`, 'File Server', {});
  return {
    name: FILE_SERVER,
    type: 'FileServer',
    state: 'Online',
    owner,
    preferredOwners: site.nodes.map(({ name }) => name),
    failback: false,
    resources: { [network.name]: network, [share.name]: share },
  };
}
