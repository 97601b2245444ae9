/**
 * What people and programs may ask of a run and see of it: the request, the plan, the snapshot, the
 * signals, the update and the queries. Version 1 of this file is a promise; `README.md` documents it.
 */

import type {
  ChangeKind,
  ChangeTicket,
  Consent,
  Environment,
  NeedSoFar,
  Windows,
} from './contract/change-control.ts';

export * from './contract/change-control.ts';

export const WORKFLOW_TYPE = 'runbook';
export const CONTROL_QUEUE = 'ssis-ha';

export function hostQueue(host: string): string {
  return `host:${host}`;
}

export const RUN_STATES = [
  'planning',
  'running',
  'waiting',
  'undoing',
  'done',
  'failed',
  'undone',
  'stopped',
  'rehearsed',
] as const;
export type RunState = (typeof RUN_STATES)[number];

export const STEP_STATES = [
  'pending',
  'probing',
  'asking',
  'applying',
  'waiting-for-window',
  'restarting',
  'settling',
  'changed',
  'in-place',
  'skipped',
  'stuck',
  'undone',
  'kept',
] as const;
export type StepState = (typeof STEP_STATES)[number];

/** `verify`: looks at a finished estate, whether its places agree and what lies ahead; changes nothing. */
export type Mode = 'perform' | 'rehearse' | 'verify';
export type Verdict = 'approve' | 'reject' | 'retry' | 'skip' | 'undo' | 'stop';
export type About = 'gate' | 'restart' | 'stuck' | 'undo';
export type Interrupted = 'engine' | 'host' | 'workers';
export type ProblemKind = 'operator' | 'transient' | 'bug';
export type Proof = 'failover proven' | 'failover not proven';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Starts a run. `site` is the site file as read, its secret references made absolute. */
export interface RunRequest {
  readonly site: Json;
  readonly mode: Mode;
  readonly startedBy: string;
  /** A rehearsal may end with this chapter; left out, it goes through the whole plan. */
  readonly until?: number;
  /**
   * A verification on a schedule asks a person about what it finds, and looks again by itself this often, since no
   * other begins while it waits; one on demand only tells.
   */
  readonly asks?: { readonly againMinutes: number };
}

/** How a step of the run is taken back. */
export type PlannedUndo =
  | {
      readonly kind: 'auto' | 'asks';
      readonly residue: readonly string[];
      /** Key of a step that is kept and needs this one: once that was begun, this one is kept with it. */
      readonly keptWith: { readonly key: string; readonly reason: string } | null;
    }
  | { readonly kind: 'kept'; readonly reason: string; readonly residue: readonly string[] };

/** How long a step may take before a person is asked, in minutes. */
export interface Patience {
  readonly applyMinutes: number;
  readonly settleMinutes: number;
}

/** One step on one host, as the plan records it. */
export interface PlannedStep {
  readonly key: string;
  readonly id: string;
  readonly host: string;
  readonly chapter: number;
  readonly title: string;
  readonly why: string;
  /** A check has a probe and nothing else. */
  readonly kind: 'check' | 'change';
  readonly queue: string;
  /** Keys of the steps that must be done first; each stands earlier in the plan. */
  readonly after: readonly string[];
  /** Hosts that nobody else may touch or restart while the step runs; the first is its own. */
  readonly holds: readonly string[];
  readonly interrupts: readonly Interrupted[];
  /** What kinds of change its questions let happen, for the site's rules on who must agree. */
  readonly kinds: readonly ChangeKind[];
  /** Whether a person is asked before the change: `sometimes` depends on what is seen then. */
  readonly asks: 'always' | 'sometimes' | 'never';
  readonly skippable: boolean;
  /** What the run proves when the step is performed and cannot claim when it is skipped. */
  readonly proves: 'failover' | null;
  readonly undo: PlannedUndo;
  readonly patience: Patience;
  readonly input: Json;
}

/** What every activity needs to reach the estate: names and references, no secret. */
export interface Access {
  readonly environment: Environment;
  readonly domain: string;
  readonly operator: {
    readonly account: string;
    readonly password: string | null;
    readonly sqlAuthentication: 'ntlm' | 'integrated';
  };
  readonly instance: { readonly name: string; readonly port: number };
  readonly tls: { readonly verify: boolean; readonly authorities: string | null };
  /** Names of the cluster's nodes, the one where SSISDB is born first. */
  readonly nodes: readonly string[];
  readonly group: string;
  readonly role: string;
  readonly restarts: { readonly perHost: number; readonly drainPackagesMinutes: number };
  /** Left out where the site file accepts no warning. */
  readonly accepted?: readonly Acceptance[];
}

export interface Plan {
  readonly site: string;
  /** Version of ssis-ha and digest of its scripts: only workers of the same build perform this plan. */
  readonly build: Build;
  readonly hash: string;
  readonly change: ChangeTicket | null;
  readonly existingObjects: 'ask' | 'refuse';
  readonly selfApproval: boolean;
  readonly consent: Consent;
  /** Null where the site has none: then anything may begin at any time. */
  readonly windows: Windows | null;
  /** False where the site leaves out a drill without which failover is not proven. */
  readonly canProveFailover: boolean;
  readonly access: Access;
  readonly steps: readonly PlannedStep[];
}

export interface Build {
  readonly version: string;
  readonly scripts: string;
}

/** What one activity of a step is given. */
export interface StepTask {
  readonly key: string;
  readonly host: string;
  readonly build: Build;
  readonly access: Access;
  readonly input: Json;
  /** How often a person has let the step start anew; a new try keeps a new journal on the host. */
  readonly tries: number;
  /** Take the fence before looking: an earlier change may still be under way. */
  readonly fenced: boolean;
  /** What was seen before the change, for apply and undo. */
  readonly before: Json;
}

/** Who lives with a warning, why, and until when. */
export interface AcceptedBy {
  readonly by: string;
  readonly reason: string;
  /** The last day on which it counts: `2030-12-31`. */
  readonly until: string;
}

/** A warning that the site file accepts. */
export interface Acceptance extends AcceptedBy {
  /** Name of the warning. */
  readonly finding: string;
  /** Null: on every host. */
  readonly host: string | null;
  /** Of a restart that pends: the source, or a key or file that it names; null: all. */
  readonly source: string | null;
}

/** Something that a check found: an error stops the run, a warning is a risk that a person may take. */
export interface Finding {
  /** Its name, by which a site file accepts a warning. */
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly host: string;
  readonly seen: string;
  /** One imperative sentence. */
  readonly advice: string;
  /** Key of the step that it would break, if the plan has one. */
  readonly breaks: string | null;
  /** Line and file of the requests to others that ask for it; null where it is nobody else's. */
  readonly sheet: string | null;
  readonly accepted: AcceptedBy | null;
  /** Of a restart that pends: its source, and the key, file or setup that says so. */
  readonly restart?: { readonly source: string; readonly says: string };
}

/** As a look answers it, which knows nothing of the plan. */
export type FoundFinding = Omit<Finding, 'breaks'> & {
  /** Ids of the steps that it may break, the most telling first. */
  readonly breaks: readonly string[];
};
/** What one of the places that must agree says. */
export interface TruthCell {
  /** Which place; each step that looks at places says which it tells of. */
  readonly place: string;
  /** Where it was read: the name of a host, `primary` or `cluster`. */
  readonly where: string;
  /** Null where nothing is set there. */
  readonly value: string | null;
  /** Null where nothing says what it should be. */
  readonly wanted: string | null;
  readonly agrees: boolean;
  /** Key of the step that sees to this place. */
  readonly mendedBy: string;
}

/** Something that has not gone wrong yet, or just has. */
export interface Warning {
  /** Host, `primary` or `cluster`. */
  readonly where: string;
  readonly message: string;
  readonly advice: string;
  /** Days that are left; 0 where it is no matter of time. */
  readonly daysLeft: number;
  /** It has gone wrong already. */
  readonly isOver: boolean;
}

/** What a look tells beside its shortfall, where its step looks at places that must agree, ahead, or for findings. */
export interface Told {
  readonly truth?: readonly TruthCell[];
  readonly warnings?: readonly Warning[];
  /** Of a check that tells its findings one by one. */
  readonly findings?: readonly Finding[];
}

/** What a probe or a settling look answers. */
export interface Look extends Omit<Told, 'findings'> {
  readonly observed: Json;
  /** What is missing, one sentence each; empty means that the step is in place. */
  readonly shortfall: readonly string[];
  readonly restartPends: boolean;
  /** The question that a person must answer before the change, or null. */
  readonly gate: string | null;
  /** The gate asks about objects that were there before. */
  readonly changesExisting?: boolean;
  /** Facts that a person needs for the answer, beside the shortfall. */
  readonly notes: readonly string[];
  /** What a person should do about the shortfall of a check, in one imperative sentence. */
  readonly advice: string | null;
  /** Of a check that tells its findings one by one; its gate asks about the warnings that nobody accepted. */
  readonly findings?: readonly FoundFinding[];
}

export interface Problem {
  readonly kind: ProblemKind;
  readonly message: string;
  readonly advice: string;
}

export interface StepSnapshot extends Told {
  readonly key: string;
  readonly id: string;
  readonly host: string;
  readonly chapter: number;
  readonly title: string;
  readonly state: StepState;
  readonly tries: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly shortfall: readonly string[];
  readonly problem: Problem | null;
  /** When its window opens, ISO 8601; null in every state but `waiting-for-window`. */
  readonly waitsUntil: string | null;
}

export interface Question {
  readonly id: string;
  readonly stepKey: string;
  readonly about: About;
  readonly offers: readonly Verdict[];
  readonly interrupts: readonly Interrupted[];
  readonly seen: readonly string[];
  /** What kinds of change an approval lets happen. */
  readonly kinds: readonly ChangeKind[];
  /** Who must approve; empty where one person is enough, whoever it is. */
  readonly needs: readonly NeedSoFar[];
  readonly ticket: string | null;
  /** In which window it would begin, in words; null where it waits for none. */
  readonly window: string | null;
  readonly askedAt: string;
  /** When it is withdrawn if nobody answers, ISO 8601; null where it stays. */
  readonly expiresAt: string | null;
  /** An approval must say why. */
  readonly needsReason?: true;
}

export interface Decision {
  readonly id: string;
  readonly questionId: string | null;
  readonly stepKey: string | null;
  readonly verdict: Verdict;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
  /** Why it was not taken; null when it was. */
  readonly refused: string | null;
}

/** A restart of a host that this run has begun. */
export interface HostRestart {
  readonly host: string;
  readonly stepKey: string;
  /** Sources with the key, file or setup that wanted it. */
  readonly wanted: readonly string[];
  readonly at: string;
}

export interface RunSnapshot {
  readonly version: 1;
  readonly workflowId: string;
  readonly runId: string;
  readonly site: string;
  readonly mode: Mode;
  readonly state: RunState;
  readonly planHash: string | null;
  readonly change: ChangeTicket | null;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly proof: Proof | null;
  readonly steps: readonly StepSnapshot[];
  readonly questions: readonly Question[];
  readonly decisions: readonly Decision[];
  /** Restarts of hosts by this run, in their order; left out where there was none. */
  readonly restarts?: readonly HostRestart[];
}

/** What an undo begun now would do, last change first. */
export interface UndoForecast {
  readonly steps: readonly {
    readonly key: string;
    readonly title: string;
    readonly what: 'undone' | 'asked about' | 'kept';
    readonly reason: string | null;
    readonly residue: readonly string[];
  }[];
}

export interface SignalledDecision {
  readonly stepKey: string;
  readonly planHash: string;
  readonly decisionId: string;
  readonly by: string;
  readonly reason: string;
  /** Without it only the step's gate is meant. */
  readonly questionId?: string;
  /** Said by a program on its own account, which production refuses. */
  readonly automatic?: boolean;
}

export interface UpdatedDecision extends SignalledDecision {
  readonly verdict: Verdict;
  readonly questionId: string;
}

export interface EndRequest {
  readonly verdict: 'stop' | 'undo';
  readonly by: string;
  readonly reason: string;
}

/** Names of signals, update and queries. */
export const MESSAGES = {
  approve: 'approve',
  reject: 'reject',
  end: 'end',
  decide: 'decide',
  progress: 'progress',
  plan: 'plan',
  whatIfStopped: 'what-if-stopped',
} as const;

/** `type` of the application failures that activities end with. */
export const FAILURE_TYPES = { operator: 'Operator', transient: 'Transient', bug: 'Bug' } as const;
