import type { Sealed } from '../../sealed.ts';

/** What is inside one SSISDB. */
export interface Catalog {
  id: string;
  masterKeyPassword: Sealed;
  properties: Record<string, string>;
  masterProperties: Record<string, string>;
  logConnection: Sealed | null;
  users: Record<string, CatalogUser>;
  alwaysOnReplicas: Record<string, number>;
  /** Procedures of `internal` that ssis_failover_monitoring_agent may run beyond what it was born with. */
  monitorGrants?: string[];
  workers: Record<string, WorkerAgent>;
  folders: Record<string, Record<string, Project>>;
  executions: Record<string, Execution>;
}

/** A deployed project in the version that is in force, and the older ones that can be put back. */
export interface Project {
  version: number;
  packages: string[];
  /** Version of each package, as its author's tool gave it. */
  versions?: Record<string, string>;
  older?: { version: number; packages: string[]; versions: Record<string, string> }[];
}

export interface CatalogUser {
  name: string;
  sid: string;
  roles: string[];
}

export interface WorkerAgent {
  id: string;
  machineName: string;
  enabled: boolean;
  userAccount: string;
  lastOnlineAt: number | null;
  /** A row stays when its worker is disabled or gone: the product has no supported way to delete it. */
  residue?: true;
}

export interface Execution {
  id: number;
  folder: string;
  project: string;
  package: string;
  status: number;
  worker: string | null;
  anyWorker: boolean;
  startedAt: number | null;
  endsAt: number | null;
  messages: number;
  machine: string | null;
  /** Server name of the primary on which it was created. */
  server?: string;
  /** Ids of the workers that may take it, where not any may. */
  workers?: string[];
  /** Values of its package's parameters. */
  parameters?: Record<string, string>;
  /** History stays. */
  residue?: true;
}
