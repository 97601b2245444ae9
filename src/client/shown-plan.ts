import type { Access, Json, Plan } from '../../workflows/contract.ts';

/** A plan for those who look at it: nothing of who is told, and of how the estate is reached what it is called alone. */
export type ShownPlan = Omit<Plan, 'access' | 'notify'> & {
  readonly access: Pick<Access, 'nodes' | 'group' | 'role'>;
};

/** What of a plan may leave the house: nothing of how the estate and people are reached, nor of where secrets are kept. */
export function planToShow(whole: Plan): ShownPlan {
  const { access, notify: _notify, ...plan } = whole;
  const { nodes, group, role } = access;
  const steps = plan.steps.map((step) => ({ ...step, input: withoutReferences(step.input) }));
  return { ...plan, access: { nodes, group, role }, steps };
}

/** A reference of a site file names a file or a variable of the agent, in a value or as the name of one. */
function withoutReferences(value: Json): Json {
  if (typeof value === 'string') return isReference(value) ? null : value;
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(withoutReferences);
  const others = Object.entries(value).filter(([name]) => !isReference(name));
  return Object.fromEntries(others.map(([name, entry]) => [name, withoutReferences(entry)]));
}

function isReference(text: string): boolean {
  return /^(env|file):/.test(text);
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
