import type { Host } from './estate/host.ts';
import { sameName } from './same-name.ts';

/** What a service needs to start at all. Source: *Configure Windows service accounts and permissions*. */
export const LOG_ON = 'SeServiceLogonRight';
/** What the worker needs to start a package. Source: *SSIS Scale Out*, service accounts; sql-docs #7105. */
export const START_PACKAGES = 'SeAssignPrimaryTokenPrivilege';

/** Whether an account has a right: setup has granted it, unless a policy defines that right and leaves it out. */
export function holdsRight({ userRights }: Host, right: string, account: string): boolean {
  return userRights[right]?.some((holder) => sameName(holder, account)) ?? right !== DENIED;
}

const DENIED = 'SeDenyServiceLogonRight';
