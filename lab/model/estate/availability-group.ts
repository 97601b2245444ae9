/** An availability group, its replicas and its listener. */
export interface AvailabilityGroup {
  name: string;
  id: string;
  owner: string;
  /** Server name of the primary replica. */
  primary: string;
  replicas: Record<string, Replica>;
  databases: string[];
  /** No replica is primary, though one was last: left out where one is. */
  resolving?: boolean;
  listener: { name: string; port: number; addresses: { ip: string; mask: string }[] } | null;
}

export interface Replica {
  server: string;
  endpointUrl: string;
  availabilityMode: 'SYNCHRONOUS_COMMIT' | 'ASYNCHRONOUS_COMMIT';
  failoverMode: 'AUTOMATIC' | 'MANUAL';
  joined: boolean;
  suspended: boolean;
  /** Each instance knows its own; that of the group where left out. */
  owner?: string;
}
