import { PowerShellRefusal, type Scene } from '../scene.ts';
import type { Estate } from './estate.ts';

/**
 * A name of the cluster takes its computer object, prestaged and disabled with full control for who makes
 * it, or makes one where that is allowed. Source: *Prestage cluster computer objects*.
 */
export function bringComputerOnline(scene: Scene, name: string, by: string, addresses: string[]): void {
  const { directory } = scene.estate;
  const known = directory.computers[name.toLowerCase()];
  if (known?.enabled && !known.residue) {
    throw inUse(name);
  }
  const mayTake = known?.fullControl.some((owner) => owner.toLowerCase() === by.toLowerCase()) ?? false;
  const mayCreate = directory.accounts[by.toLowerCase()]?.canCreateComputers ?? false;
  if (!mayTake && !(known === undefined && mayCreate)) {
    throw denied(by, name);
  }
  directory.computers[name.toLowerCase()] = { name, enabled: true, fullControl: known?.fullControl ?? [by] };
  directory.dns[name.toLowerCase()] = { addresses };
}

/** The object is disabled again; its DNS record stays behind. Source: domain facts, section 8, 1.4 and 4.6. */
export function takeComputerOffline(estate: Estate, name: string): void {
  const computer = estate.directory.computers[name.toLowerCase()];
  if (computer) computer.enabled = false;
  const record = estate.directory.dns[name.toLowerCase()];
  if (record) record.residue = true;
}

/** Makes a disabled object that its holder may take; one that is there and disabled only gets the right. */
export function prestageComputer(scene: Scene, name: string, holder: string): void {
  const { directory } = scene.estate;
  const known = directory.computers[name.toLowerCase()];
  if (known?.enabled) throw inUse(name);
  if (!known) takeFromQuota(scene, name);
  if (!isKnown(scene.estate, holder)) {
    throw new PowerShellRefusal(
      `${holder} could not be translated`,
      'IdentityNotMappedException',
      'NotSpecified',
    );
  }
  const fullControl = [...new Set([...(known?.fullControl ?? []), holder])];
  directory.computers[name.toLowerCase()] = { name, enabled: false, fullControl };
}

/** Source: ms-DS-MachineAccountQuota; [MS-ERREF]: ERROR_DS_MACHINE_ACCOUNT_QUOTA_EXCEEDED (8557). */
function takeFromQuota({ estate, account }: Scene, name: string): void {
  const own = estate.directory.accounts[account.toLowerCase()];
  if (own?.canCreateComputers) return;
  if (own?.computersLeft === undefined) throw denied(account, name);
  if (own.computersLeft > 0) {
    own.computersLeft -= 1;
    return;
  }
  throw new PowerShellRefusal(
    `${account} has made as many computer objects as the domain allows: ${name} cannot be made`,
    'QuotaExceeded',
    'LimitsExceeded',
    -2147016339,
  );
}

/** One that was taken is somebody's, and stays. */
export function deleteComputer({ directory }: Estate, name: string): void {
  if (directory.computers[name.toLowerCase()]?.enabled) throw inUse(name);
  delete directory.computers[name.toLowerCase()];
}

/** An account, or the computer object of that name. */
function isKnown({ directory }: Estate, account: string): boolean {
  const [, name = ''] = account.toLowerCase().split('\\');
  return (
    directory.accounts[account.toLowerCase()] !== undefined ||
    directory.computers[name.replace(/\$$/, '')] !== undefined
  );
}

function inUse(name: string): PowerShellRefusal {
  return new PowerShellRefusal(
    `The computer object ${name} is enabled: the name is in use`,
    'AlreadyExists',
    'ResourceExists',
    -2147019892,
  );
}

function denied(account: string, name: string): PowerShellRefusal {
  return new PowerShellRefusal(
    `${account} may not create or take the computer object ${name}`,
    'AccessDenied',
    'PermissionDenied',
    -2147024891,
  );
}
