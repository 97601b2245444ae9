import type { Json } from '../../../../workflows/contract.ts';
import type { ShownPlan } from '../../../client/shown-plan.ts';

/** What is to be there when the plan is performed. */
export interface PlannedEstate {
  readonly cluster: string | null;
  readonly nodes: readonly string[];
  readonly group: string | null;
  readonly role: string | null;
  readonly listener: string | null;
  /** Null where none is meant, or none is known of. */
  readonly witness: string | null;
  readonly workers: readonly string[];
  /** Address of the Master that the workers are to call. */
  readonly master: string | null;
}

const NOTHING: PlannedEstate = {
  cluster: null,
  nodes: [],
  group: null,
  role: null,
  listener: null,
  witness: null,
  workers: [],
  master: null,
};

/** Read from what the steps of the plan are given; null before there is one. */
export function plannedEstate(plan: ShownPlan | null): PlannedEstate {
  if (plan === null) return NOTHING;
  const inputOf = (id: string) => plan.steps.find((step) => step.id === id)?.input ?? null;
  const listener = inputOf('create-listener');
  const named = textAt(listener, 'listener');
  const workerIds: readonly string[] = ['enable-worker', 'check-worker-truth'];
  return {
    cluster: textAt(inputOf('create-cluster'), 'name') ?? textAt(inputOf('look-ahead-on-estate'), 'cluster'),
    nodes: plan.access.nodes,
    group: plan.access.group,
    role: plan.access.role,
    listener:
      named === null
        ? textAt(inputOf('check-one-truth'), 'listener')
        : `${named},${textAt(listener, 'port') ?? ''}`,
    witness: textAt(partOf(inputOf('set-witness'), 'wanted'), 'at'),
    workers: [...new Set(plan.steps.filter(({ id }) => workerIds.includes(id)).map(({ host }) => host))],
    master:
      textAt(inputOf('configure-worker'), 'endpoint') ?? textAt(inputOf('check-worker-truth'), 'endpoint'),
  };
}

function partOf(input: Json, name: string): Json {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return null;
  return (input as { readonly [name: string]: Json })[name] ?? null;
}

/** A number as its digits. */
function textAt(input: Json, name: string): string | null {
  const value = partOf(input, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
