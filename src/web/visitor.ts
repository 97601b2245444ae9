import type { Verdict } from '../../workflows/contract.ts';
import { OperatorError } from '../failures.ts';

/** What a person may do here: look; start and carry on; consent. */
export const ROLES = ['viewer', 'operator', 'approver'] as const;
export type Role = (typeof ROLES)[number];

/** Who looks at the page, by the sign-in. */
export interface Visitor {
  /** As it is kept with every decision, and as the groups of a site file name people. */
  readonly name: string;
  readonly roles: readonly Role[];
}

/** What asks for more than looking. */
export type Deed = 'start' | 'end' | 'export' | Verdict;

const ROLE_FOR: Readonly<Record<Deed, Role>> = {
  start: 'operator',
  end: 'operator',
  export: 'operator',
  approve: 'approver',
  reject: 'approver',
  retry: 'operator',
  skip: 'operator',
  undo: 'operator',
  stop: 'operator',
};

/** Why this person may not do that; null where nothing is against it. */
export function refusalFor({ name, roles }: Visitor, deed: Deed): string | null {
  const role = ROLE_FOR[deed];
  if (roles.includes(role)) return null;
  const has = roles.length === 0 ? 'no role' : `the role ${roles.join(', ')}`;
  return `That needs the role ${role}, and ${name} has ${has}.`;
}

/** Somebody may not do what they asked for; the message says why. */
export class NotAllowed extends OperatorError {}

/** Throws `NotAllowed` where a person lacks the role for that. */
export function mustBeAllowed(visitor: Visitor, deed: Deed): void {
  const refused = refusalFor(visitor, deed);
  if (refused !== null)
    throw new NotAllowed(refused, 'Ask somebody who has it, or whoever gives out the roles.');
}
