import {
  hostQueue,
  type Access,
  type Build,
  type Consent,
  type Json,
  type Plan,
  type PlannedStep,
  type PlannedUndo,
  type Windows,
} from '../workflows/contract.ts';
import { OperatorError } from './failures.ts';
import { needOf } from './site-change-control.ts';
import { notifyIn } from './site-notify.ts';
import { firstNode, siteSchema, type Site } from './site.ts';
import type { After } from './step-spec.ts';
import type { Step, UndoPolicy } from './step.ts';
import type { Chapter } from './steps/chapter.ts';
import { everyNode } from './steps/hosts.ts';
import { longestWindowMinutes } from './windows.ts';

/** At most this much of the site goes with every activity of a step: history is what a run pays for it. */
export const INPUT_LIMIT_BYTES = 1024;

/**
 * Makes the plan: procedure × site → steps, in an order that can be performed as it is written. The same
 * procedure and site always make the same plan, whose hash people name when they approve.
 *
 * Throws an OperatorError when the site is not one.
 */
export async function makePlan(procedure: readonly Chapter[], given: Json, build: Build): Promise<Plan> {
  const parsed = siteSchema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new OperatorError(`The site file has faults: ${faults.join('; ')}`, 'Run "ssis-ha check SITE".');
  }
  const site = parsed.data;
  const notify = notifyIn(site.notify);
  const content = {
    site: site.site,
    build,
    change: site.change ?? null,
    existingObjects: site.existingObjects,
    selfApproval: site.approvals.selfApproval,
    consent: {
      groups: site.approvals.groups,
      rules: site.approvals.rules.map(({ when, need }) => ({
        when,
        need: need.flatMap((text) => needOf(text) ?? []),
      })),
      expireAfterHours: site.approvals.expireAfterHours ?? null,
      ...choicesIn(site),
    },
    windows: site.windows ?? null,
    ...(notify && { notify }),
    canProveFailover: canProveFailover(procedure, site),
    access: accessOf(site),
    steps: planSteps(procedure, site),
  };
  if (content.windows) refuseWhatNeverFits(content.steps, content.windows);
  return { ...content, hash: await digest(JSON.stringify(content)) };
}

/** Nothing of what a site leaves out: the plans of such sites are what they were. */
function choicesIn({ approvals: { onExpiry, ahead } }: Site): Pick<Consent, 'onExpiry' | 'ahead'> {
  return {
    ...(onExpiry !== undefined && onExpiry !== 'stay-stopped' && { onExpiry }),
    ...(ahead && { ahead }),
  };
}

/** Found before anything is begun: a step that no window is long enough for would wait for ever. */
function refuseWhatNeverFits(steps: readonly PlannedStep[], windows: Windows): void {
  const longest = longestWindowMinutes(windows);
  const tooLong = steps
    .filter(({ interrupts }) => interrupts.length > 0)
    .map(({ key, patience }) => ({ key, minutes: patience.applyMinutes + patience.settleMinutes }))
    .filter(({ minutes }) => minutes > longest);
  if (tooLong.length === 0) return;
  const told = tooLong.map(({ key, minutes }) => `${key} (${minutes} minutes)`);
  throw new OperatorError(
    `The longest window of the site has ${longest} minutes, too few for ${told.join(', ')}`,
    'Widen one of windows.open in the site file, or leave the drill out.',
  );
}

/** A drill that the site leaves out has no place in the plan, and nothing can stand in for it. */
function canProveFailover(procedure: readonly Chapter[], site: Site): boolean {
  const proving = procedure.flatMap(({ steps }) => steps).filter(({ proves }) => proves === 'failover');
  return proving.length > 0 && proving.every((step) => step.on(site).length > 0);
}

function planSteps(procedure: readonly Chapter[], site: Site): PlannedStep[] {
  const planned: PlannedStep[] = [];
  let listedBefore: Step | null = null;
  for (const chapter of procedure) {
    for (const step of chapter.steps.filter((candidate) => candidate.on(site).length > 0)) {
      const after: readonly After[] = step.after ?? (listedBefore ? [listedBefore.id] : []);
      planned.push(...placed(step, chapter.number, after, site, planned));
      listedBefore = step;
    }
  }
  return planned;
}

function placed(
  step: Step,
  chapter: number,
  after: readonly After[],
  site: Site,
  earlier: readonly PlannedStep[],
): PlannedStep[] {
  return step.on(site).map(({ label, host }) => ({
    key: `${step.id}@${label}`,
    id: step.id,
    host,
    chapter,
    title: step.title,
    why: step.why,
    kind: step.kind,
    queue: hostQueue(host),
    after: after.flatMap((before) => keysOf(before, host, step, earlier)),
    holds: [...new Set([host, ...(step.holds?.(site, host) ?? []).map((place) => place.host)])],
    interrupts: step.interrupts,
    kinds: step.kinds,
    asks: step.asks,
    skippable: step.skippable,
    proves: step.proves,
    undo: undoOf(step.undoPolicy, label),
    patience: step.patience,
    input: sliceOf(step, site, host),
  }));
}

function undoOf(policy: UndoPolicy, label: string): PlannedUndo {
  if (policy.kind === 'kept') return policy;
  const { keptWith } = policy;
  return {
    ...policy,
    keptWith: keptWith && { key: `${keptWith.step}@${label}`, reason: keptWith.because },
  };
}

/** A step that the site has no place for (no worker, no other node) holds nobody up. */
function keysOf(after: After, host: string, step: Step, earlier: readonly PlannedStep[]): string[] {
  const id = typeof after === 'string' ? after : after.sameHost;
  const candidates = earlier.filter((before) => before.id === id);
  if (id === step.id) throw new RangeError(`${id} waits for itself`);
  return candidates
    .filter((before) => typeof after === 'string' || before.host === host)
    .map((before) => before.key);
}

function sliceOf(step: Step, site: Site, host: string): Json {
  const slice = step.takes(site, host);
  const bytes = new TextEncoder().encode(JSON.stringify(slice)).length;
  if (bytes > INPUT_LIMIT_BYTES) {
    throw new RangeError(`${step.id} takes ${bytes} bytes of the site; ${INPUT_LIMIT_BYTES} are allowed`);
  }
  return slice;
}

function accessOf(site: Site): Access {
  return {
    environment: site.environment,
    domain: site.directory.domain,
    operator: {
      account: site.operator.account,
      password: site.operator.password ?? null,
      sqlAuthentication: site.operator.sqlAuthentication,
    },
    instance: { name: site.instance.name, port: site.instance.port },
    tls: { verify: site.tls.verify, authorities: site.tls.authorities ?? null },
    nodes: clusterHosts(site),
    group: site.availabilityGroup.name,
    role: site.scaleOutMaster.name,
    restarts: {
      perHost: site.restarts.perHost,
      drainPackagesMinutes: site.restarts.drainPackagesMinutes,
    },
    ...acceptedIn(site),
  };
}

/** Nothing where the site accepts none: it goes with every activity. */
function acceptedIn({ accepted }: Site): Pick<Access, 'accepted'> {
  if (accepted.length === 0) return {};
  return {
    accepted: accepted.map(({ host = null, source = null, ...rest }) => ({ ...rest, host, source })),
  };
}

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The hosts that belong to the cluster, first node first. */
function clusterHosts(site: Site): string[] {
  const first = firstNode(site).name;
  return [
    first,
    ...everyNode(site)
      .map((place) => place.host)
      .filter((host) => host !== first),
  ];
}
