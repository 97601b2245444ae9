import type { Sealed } from '../../sealed.ts';

/** What the directory and its name service know: accounts, machines, names. */
export interface Directory {
  domain: string;
  netbios: string;
  ou: string;
  accounts: Record<string, Account>;
  computers: Record<string, ComputerObject>;
  /** Host name in lower case, without the domain → addresses. */
  dns: Record<string, DnsRecord>;
  /** Service principal name in lower case → accounts that hold it, without their domain. */
  spns: Record<string, string[]>;
}

export interface Account {
  /** `CONTOSO\name` as the directory spells it. */
  name: string;
  kind: 'user' | 'gmsa' | 'group';
  password: Sealed | null;
  canCreateComputers: boolean;
  /** Without that right: how many it may still make by the quota of the domain. */
  computersLeft?: number;
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
