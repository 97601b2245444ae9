import type { Sealed } from '../../sealed.ts';

/** One instance of SQL Server, with what lives in it. */
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
  state: 'ONLINE' | 'RESTORING' | 'RECOVERY_PENDING';
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
  /** Its log has no room left, and cannot grow. */
  logFull?: boolean;
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
