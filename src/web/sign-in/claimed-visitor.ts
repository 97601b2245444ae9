import type { OpenIdConnectSettings } from '../settings/settings-shape.ts';
import { ROLES, type Visitor } from '../visitor.ts';
import { claimAt, type Claims } from './provider.ts';
import { NAME } from './users-file.ts';

/** Who somebody is by what the provider says of them, or why they are not let in. */
export function claimedVisitor(
  claims: Claims,
  { name: nameClaim, roles: mapped }: OpenIdConnectSettings,
): Visitor | { readonly refused: string } {
  const name = claimAt(claims, nameClaim);
  if (typeof name !== 'string' || !NAME.test(name))
    return {
      refused: `The provider says no name that can be shown: the claim ${nameClaim} is missing, or is none.`,
    };
  const values = listed(claimAt(claims, mapped.claim));
  const roles = ROLES.filter((role) => mapped[role]?.some((value) => values.includes(value)));
  if (roles.length > 0) return { name, roles };
  const has = values.length === 0 ? 'is missing or empty' : `maps to no role`;
  return {
    refused: `${name} has no role here: the claim ${mapped.claim} ${has}. Ask whoever runs the control room for one.`,
  };
}

/** Providers say one group as a text, several as a list. */
function listed(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return [claim];
  return Array.isArray(claim) ? claim.filter((value) => typeof value === 'string') : [];
}
