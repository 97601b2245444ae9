/**
 * The simulated estate as plain data: what is true of each machine, of the directory and of what lives on
 * them. `lab show` prints it as it is, so it holds no secret in clear: passwords are sealed (`sealed.ts`).
 * What stays behind after an undo carries `residue: true`.
 */
export interface Estate {
  readonly version: 1;
  readonly site: string;
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
  /** Where the site has a tool of its own that backs SSISDB up. */
  externalBackups?: { logEveryMinutes: number };
  /** Makes identities that differ and yet come out the same for the same history. */
  nextId: number;
}

/** Text that only the lab can read back. */
export type Sealed = string;

export interface Directory {
  domain: string;
  netbios: string;
  ou: string;
  accounts: Record<string, Account>;
  computers: Record<string, ComputerObject>;
  /** Host name in lower case, without the domain → addresses. */
  dns: Record<string, DnsRecord>;
  spns: Record<string, string>;
}

export interface Account {
  /** `CONTOSO\name` as the directory spells it. */
  name: string;
  kind: 'user' | 'gmsa' | 'group';
  password: Sealed | null;
  canCreateComputers: boolean;
  /** Switched off in the directory. */
  disabled?: true;
  /** Machines that may not use this gMSA. */
  notOn?: string[];
}

export interface ComputerObject {
  name: string;
  enabled: boolean;
  fullControl: string[];
  residue?: true;
}

export interface DnsRecord {
  addresses: string[];
  residue?: true;
}

export interface Share {
  fullControl: string[];
  files: Record<string, LabFile>;
}

export interface LabFile {
  /** Text, or a JSON description of what a binary file would hold; sealed where it is secret. */
  content: string;
  residue?: true;
}

export interface Host {
  name: string;
  ip: string;
  address: string;
  osBuild: string;
  domain: string | null;
  administrators: string[];
  /** Until when it restarts, in milliseconds since 1970; null when it is up. */
  restartingUntil: number | null;
  /** When an asked-for restart begins. */
  restartsAt: number | null;
  bootId: string;
  clockSkewSeconds: number;
  features: Record<string, string>;
  pendingRestart: string[];
  services: Record<string, Service>;
  /** `HKLM\…\value` → value. */
  registry: Record<string, string | number>;
  files: Record<string, LabFile>;
  freeGb: Record<string, number>;
  certificates: Certificate[];
  sslBindings: Record<string, { thumbprint: string; store: string }>;
  firewall: Record<string, FirewallRule>;
  userRights: Record<string, string[]>;
  processes: Process[];
  vault: Record<string, Sealed>;
  instances: Record<string, Instance>;
  /** Port → foreign program that listens there. */
  listens?: Record<string, string>;
  /** Media and updates that lie on this host, by folder. */
  media: Record<string, { version: number; edition: string; build: string; replacesFilesInUse?: true }>;
}

export interface Service {
  displayName: string;
  state: 'Running' | 'Stopped';
  startMode: 'Automatic' | 'Manual' | 'Disabled';
  account: string;
  startedAt: number | null;
  /** The settings that the process which started then has read, where their file was written since. */
  read?: { startedAt: number | null; content: string };
  residue?: true;
}

export interface Certificate {
  store: 'My' | 'Root';
  thumbprint: string;
  subject: string;
  issuer: string;
  dnsNames: string[];
  notAfter: string;
  hasPrivateKey: boolean;
  exportable: boolean;
  isAuthority: boolean;
  serverAuthentication: boolean;
  /** Accounts that may read the private key. */
  keyReaders: string[];
}

export interface FirewallRule {
  displayName: string;
  port: number;
  remoteAddresses: string[];
  profile: string;
  enabled: boolean;
}

/** Something that runs on a host by itself and takes effect when it is due. */
export interface Process {
  id: number;
  kind: string;
  /** In milliseconds since 1970. */
  endsAt: number;
  parameters: unknown;
}

export interface Instance {
  name: string;
  version: string;
  edition: string;
  collation: string;
  address: string;
  port: number;
  running: boolean;
  /** What the running engine has; `pending` is what the next start takes. */
  live: EngineSettings;
  pending: EngineSettings;
  startedAt: number;
  maxServerMemoryMb: number;
  clrEnabled: boolean;
  logins: Record<string, Login>;
  databases: Record<string, Database>;
  endpoint: Endpoint | null;
  /** Passwords that sp_control_dbmasterkey_password has stored, by family. */
  masterKeyPasswords: { family: string; password: Sealed; createdAt?: number }[];
  jobs: Record<string, Job>;
  startupProcedures: string[];
  trustedAssemblies: string[];
  /** Taken by the site's own means. */
  backups: Backup[];
  /** Taken by scripts; msdb remembers them whatever is undone. */
  scriptedBackups?: { taken: Backup[]; residue: true };
  /** The session AlwaysOn_health, where it was ever touched. */
  healthSession?: { startsWithEngine: boolean; runs: boolean };
}

export interface EngineSettings {
  mixedMode: boolean;
  hadrEnabled: boolean;
  /** Thumbprint that TLS presents; null for the self-made fallback. */
  certificate: string | null;
  /** A static port; left out where a default instance has its own, or Windows chooses one at the start. */
  port?: number;
}

export interface Login {
  name: string;
  kind: 'sql' | 'windows';
  sid: string;
  password: Sealed | null;
  disabled: boolean;
  checkPolicy: boolean;
  serverRoles: string[];
  permissions: string[];
}

export interface Database {
  name: string;
  state: 'ONLINE' | 'RESTORING';
  recovery: 'SIMPLE' | 'FULL';
  owner: string;
  /** Which catalog content it shows; null for any other database. */
  catalog: string | null;
  family: string;
  /** Last log position restored or written. */
  position: number;
  group: string | null;
  /** Whether this instance's service master key opens the database's master key. */
  opensByItself: boolean;
  /** It does so since its first open as primary with a stored password: what the engine re-encrypts then stays. */
  opened?: { residue: true };
  autoClose?: boolean;
  /** When it was taken from simple to full recovery: no earlier backup begins its log chain. */
  fullSince?: number;
  /** When this copy came to its instance. */
  createdAt?: number;
  /** When it was last found free of damage. */
  checked?: { at: number; residue: true };
  /** What the backup was called that this copy was restored from, and whether a log followed it. */
  restoredFrom?: { name: string; rolledForward: boolean };
}

export interface Endpoint {
  name: string;
  port: number;
  state: 'STARTED' | 'STOPPED';
  owner: string;
  connectGrants: string[];
  /** ALL, NEGOTIATE and AES where left out. */
  role?: string;
  authentication?: string;
  encryption?: string;
}

export interface Job {
  name: string;
  enabled: boolean;
  owner: string;
  text: string;
}

export interface Backup {
  database: string;
  type: 'full' | 'log';
  copyOnly: boolean;
  file: string;
  position: number;
  finishedAt: number;
  name?: string;
  /** Where a log backup begins. */
  from?: number;
}

export interface Cluster {
  name: string;
  ip: string;
  /** A node that was paused stays so over its restart. */
  nodes: { name: string; state: 'Up' | 'Down' | 'Paused'; paused?: true }[];
  witness: { kind: 'none' | 'fileShare' | 'cloud' | 'disk'; at: string | null };
  groups: Record<string, ClusterGroup>;
}

export interface ClusterGroup {
  name: string;
  type: string;
  state: 'Online' | 'Offline' | 'Failed' | 'PartialOnline' | 'Pending';
  owner: string;
  preferredOwners: string[];
  failback: boolean;
  resources: Record<string, ClusterResource>;
}

export interface ClusterResource {
  name: string;
  type: string;
  state: 'Online' | 'Offline' | 'Failed';
  possibleOwners: string[];
  parameters: Record<string, string | number>;
  dependsOn: string[];
}

export interface AvailabilityGroup {
  name: string;
  id: string;
  owner: string;
  /** Server name of the primary replica. */
  primary: string;
  replicas: Record<string, Replica>;
  databases: string[];
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

/** A deployed project in the version that is in force, and the older ones that can be put back. */
export interface Project {
  version: number;
  packages: string[];
  /** Version of each package, as its author's tool gave it. */
  versions?: Record<string, string>;
  older?: { version: number; packages: string[]; versions: Record<string, string> }[];
}

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
