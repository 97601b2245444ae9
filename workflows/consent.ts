import type { ChangeKind, Consent, Need, NeedSoFar, Plan } from './contract.ts';

/** Where no plan says more. */
export const NOBODY_IN_PARTICULAR: Consent = { groups: {}, rules: [], expireAfterHours: null };

/** What the rules of the site ask for a question of these kinds: of each group as many as the strictest rule. */
export function needsFor(kinds: readonly ChangeKind[], { rules }: Consent): readonly Need[] {
  const counts = new Map<string, number>();
  for (const { when, need } of rules) {
    if (!when.some((kind) => kinds.includes(kind))) continue;
    for (const { group, count } of need) counts.set(group, Math.max(count, counts.get(group) ?? 0));
  }
  return [...counts].map(([group, count]) => ({ group, count }));
}

/** Who of those that agreed stands for which need. Nobody counts twice, also who is in several groups. */
export function consentSoFar(
  needs: readonly Need[],
  agreed: readonly string[],
  { groups }: Consent,
): readonly NeedSoFar[] {
  const places = needs.flatMap(({ group, count }) => Array.from({ length: count }, () => group));
  const taken = new Map<number, string>();
  for (const person of agreed) seat(person, places, taken, groups, new Set());
  return needs.map((need) => ({
    ...need,
    given: [...taken].filter(([place]) => places[place] === need.group).map(([, person]) => person),
  }));
}

export function isComplete(needs: readonly NeedSoFar[]): boolean {
  return needs.every(({ count, given }) => given.length >= count);
}

/** The needs once this person has agreed too. */
export function withConsentOf(
  person: string,
  needs: readonly NeedSoFar[],
  consent: Consent,
): readonly NeedSoFar[] {
  const agreed = needs.flatMap(({ given }) => given);
  const isKnown = agreed.some((earlier) => samePerson(earlier, person));
  return consentSoFar(needs, isKnown ? agreed : [...agreed, person], consent);
}

/** Why this person's consent brings nothing nearer, or null where it does. */
export function refusalOfConsent(
  person: string,
  needs: readonly NeedSoFar[],
  consent: Consent,
): string | null {
  if (needs.length === 0 || agreedCount(withConsentOf(person, needs, consent)) > agreedCount(needs))
    return null;
  const isKnown = needs.some(({ given }) => given.some((earlier) => samePerson(earlier, person)));
  if (isKnown) return `${person} has agreed already; still needed: ${stillNeeded(needs)}.`;
  return `The consent of ${person} is not what this needs; still needed: ${stillNeeded(needs)}.`;
}

/** Why whoever started the run may not approve in it, or null where the site lets them, or it is somebody else. */
export function refusalOfStarter(by: string, startedBy: string, plan: Plan | null): string | null {
  if (plan?.selfApproval || !samePerson(by, startedBy)) return null;
  return `${by} started this run, and the site file does not let the starter approve. Ask somebody else.`;
}

function agreedCount(needs: readonly NeedSoFar[]): number {
  return needs.reduce((total, { given }) => total + given.length, 0);
}

/** `1 of dba and 1 of change`, as far as it is still open. */
function stillNeeded(needs: readonly NeedSoFar[]): string {
  return needs
    .filter(({ count, given }) => given.length < count)
    .map(({ count, group, given }) => `${count - given.length} of ${group}`)
    .join(' and ');
}

/** Windows account names and the names of most directories do not tell cases apart. */
export function samePerson(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** Gives a person a place, moving others where they have another one to go to. */
function seat(
  person: string,
  places: readonly string[],
  taken: Map<number, string>,
  groups: Consent['groups'],
  tried: Set<number>,
): boolean {
  for (const [place, group] of places.entries()) {
    const isMember = groups[group]?.some((member) => samePerson(member, person)) ?? false;
    if (!isMember || tried.has(place)) continue;
    tried.add(place);
    const holder = taken.get(place);
    if (holder !== undefined && !seat(holder, places, taken, groups, tried)) continue;
    taken.set(place, person);
    return true;
  }
  return false;
}
