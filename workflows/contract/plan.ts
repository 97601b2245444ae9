/* What was planned, and is performed to the letter. */

import type { ChangeKind, ChangeTicket, Consent, Environment, Windows } from './change-control.ts';
import type { Acceptance } from './look.ts';
import type { Notify } from './notices.ts';
import type { Interrupted, Json } from './words.ts';

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
  /** Left out where nobody is told of a run. */
  readonly notify?: Notify;
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
