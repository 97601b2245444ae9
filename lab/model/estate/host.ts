import type { Sealed } from '../../sealed.ts';
import type { Instance } from './engine.ts';
import type { LabFile } from './files.ts';

/** One machine, with all that is installed, stored or allowed on it. */
export interface Host {
  name: string;
  ip: string;
  /** Of its network. */
  mask: string;
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
  /** Keys, files and setups that want a restart, each as Windows names it. */
  pendingRestart: string[];
  /** Titles of updates of SQL Server that Windows Update has found and not installed. */
  pendingUpdates?: string[];
  /** What asks for a restart again at each start. */
  wantsRestartAtEachStart?: string[];
  services: Record<string, Service>;
  /** `HKLM\…\value` → value. */
  registry: Record<string, string | number>;
  files: Record<string, LabFile>;
  freeGb: Record<string, number>;
  certificates: Certificate[];
  sslBindings: Record<string, { thumbprint: string; store: string }>;
  firewall: Record<string, FirewallRule>;
  /** User rights that a group policy defines, with all who have them by it. */
  userRights: Record<string, string[]>;
  processes: Process[];
  vault: Record<string, Sealed>;
  instances: Record<string, Instance>;
  /** Port → foreign program that listens there. */
  listens?: Record<string, string>;
  /** How setup ends here, whatever it is asked for. */
  setupEnds?: SetupEnds;
  /** The system's own files of features that are not installed were removed. */
  lacksPayload?: true;
  /** Other machines do not reach the endpoint mapper of this one. */
  closesRpc?: true;
  /** Media and updates that lie on this host, by folder. */
  media: Record<string, { version: number; edition: string; build: string; replacesFilesInUse?: true }>;
}

/** An end of setup that nothing else in the estate explains. */
export interface SetupEnds {
  code: number;
  /** It has done its work all the same. */
  installs?: true;
  /** It leaves a restart behind. */
  restartPends?: true;
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
