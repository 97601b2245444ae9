import type { Sealed } from '../sealed.ts';
import type { AvailabilityGroup } from './estate/availability-group.ts';
import type { Catalog } from './estate/catalog.ts';
import type { Cluster } from './estate/cluster.ts';
import type { Directory } from './estate/directory.ts';
import type { Share } from './estate/files.ts';
import type { Host } from './estate/host.ts';

/**
 * The simulated estate as plain data: what is true of each machine, of the directory and of what lives on
 * them. `lab show` prints it as it is, so it holds no secret in clear: passwords are sealed (`sealed.ts`).
 * What stays behind after an undo carries `residue: true`.
 */
export interface Estate {
  readonly version: 1;
  readonly site: string;
  /** The language of Windows and SQL Server; English where left out. */
  language?: 'de';
  directory: Directory;
  hosts: Record<string, Host>;
  cluster: Cluster | null;
  groups: Record<string, AvailabilityGroup>;
  /** Contents of SSISDB copies; replicas of one group share one. */
  catalogs: Record<string, Catalog>;
  shares: Record<string, Share>;
  /** Addresses where machines answer that are none of the estate's own. */
  strangers?: string[];
  /** Keys of storage accounts, for a cloud witness. */
  storageAccounts?: Record<string, Sealed>;
  /** Address → the port of the probe that decides where a load balancer sends it. */
  loadBalancers?: Record<string, { probePort: number }>;
  /** Where the site has a tool of its own that backs SSISDB up. */
  externalBackups?: { logEveryMinutes: number };
  /** Makes identities that differ and yet come out the same for the same history. */
  nextId: number;
}
