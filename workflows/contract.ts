/**
 * What people and programs may ask of a run and see of it: the request, the plan, the snapshot, the
 * signals, the update and the queries. Version 1 of this file, and of the folder beside it, is a promise;
 * `docs/interfaces.md` documents it.
 */

import type { AheadApproval } from './contract/ahead.ts';
import type { ChangeKind, ChangeTicket, ExpiryVerdict, NeedSoFar } from './contract/change-control.ts';
import type { Told } from './contract/look.ts';
import type {
  About,
  Interrupted,
  Json,
  Mode,
  ProblemKind,
  Proof,
  RunState,
  StepState,
  Verdict,
} from './contract/words.ts';

export * from './contract/ahead.ts';
export * from './contract/change-control.ts';
export * from './contract/facts.ts';
export * from './contract/look.ts';
export * from './contract/notices.ts';
export * from './contract/plan.ts';
export * from './contract/words.ts';

export const WORKFLOW_TYPE = 'runbook';
export const CONTROL_QUEUE = 'ssis-ha';
/** What a query fails with that is to be asked again at once. */
export const ASK_AGAIN = 'This worker has just taken the run over. Ask again.';

export function hostQueue(host: string): string {
  return `host:${host}`;
}

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
  /** In which window its interruption began, in words; left out where it kept to none. */
  readonly window?: string;
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
  /** What becomes of the run then; left out: the question is only withdrawn. */
  readonly onExpiry?: ExpiryVerdict;
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
  /** Nobody said it: the question expired, and the site file says what becomes of the run then. */
  readonly expired?: true;
  /** Id of the approval ahead of time that counted; its giver was not asked again. */
  readonly ahead?: string;
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
  /** Approvals ahead of time, in their order; left out where there was none. */
  readonly ahead?: readonly AheadApproval[];
  /** The events that tell of this snapshot; left out in records of older builds. */
  readonly journal?: JournalMark;
}

/** A place in the journal of a run: how many events, and the head of the chain over them. */
export interface JournalMark {
  readonly events: number;
  /** SHA-256 in hexadecimal digits; empty before the first event. */
  readonly head: string;
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

/** Names of signals, updates and queries. */
export const MESSAGES = {
  approve: 'approve',
  reject: 'reject',
  end: 'end',
  decide: 'decide',
  approveAhead: 'approve-ahead',
  withdrawAhead: 'withdraw-ahead',
  progress: 'progress',
  plan: 'plan',
  whatIfStopped: 'what-if-stopped',
  journal: 'journal',
} as const;

/** `type` of the application failures that activities end with. */
export const FAILURE_TYPES = { operator: 'Operator', transient: 'Transient', bug: 'Bug' } as const;
