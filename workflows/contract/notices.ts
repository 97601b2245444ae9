/* Whom a run tells of its questions, failures and end, and what. */

import type { ChangeTicket, Environment, ExpiryVerdict, NeedSoFar } from './change-control.ts';
import type { About, Interrupted, Proof, RunState, Verdict } from './words.ts';

export const NOTICE_EVENTS = ['question', 'failure', 'end'] as const;
/** `failure`: a step is stuck, or the run failed. */
export type NoticeEvent = (typeof NOTICE_EVENTS)[number];

export const WEBHOOK_FORMATS = ['json', 'slack', 'teams'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

/** How mail is handed over; values by reference are secrets. */
export interface MailServer {
  readonly server: string;
  readonly port: number;
  /** `starttls`: encrypted or not at all; `implicit`: from the first byte on. */
  readonly tls: 'starttls' | 'implicit' | 'none';
  readonly user: string | null;
  /** Reference to the password. */
  readonly password: string | null;
  /** PEM file of the authorities to trust; null: those that Node.js trusts. */
  readonly authorities: string | null;
}

export type Receiver =
  | {
      readonly kind: 'webhook';
      readonly on: readonly NoticeEvent[];
      /** Reference to the address, which is a secret. */
      readonly address: string;
      readonly format: WebhookFormat;
    }
  | {
      readonly kind: 'mail';
      readonly on: readonly NoticeEvent[];
      readonly to: readonly string[];
      readonly from: string;
      readonly smtp: MailServer;
    };

/** Whom a run tells, as its plan records it. */
export interface Notify {
  /** Address of the control room; null: the one that the control worker knows. */
  readonly link: string | null;
  readonly receivers: readonly Receiver[];
}

/** What people are told; it holds no secret. */
export interface Notice {
  /** The same for every try, and for every receiver. */
  readonly id: string;
  readonly event: NoticeEvent;
  readonly site: string;
  readonly environment: Environment;
  readonly workflowId: string;
  readonly runId: string;
  readonly state: RunState;
  readonly proof: Proof | null;
  readonly change: ChangeTicket | null;
  /** Null at the end of a run. */
  readonly question: NoticedQuestion | null;
}

/** A question as people are told of it. */
export interface NoticedQuestion {
  readonly id: string;
  readonly stepKey: string;
  readonly title: string;
  readonly host: string;
  readonly about: About;
  readonly offers: readonly Verdict[];
  readonly interrupts: readonly Interrupted[];
  readonly seen: readonly string[];
  readonly needs: readonly NeedSoFar[];
  readonly window: string | null;
  /** ISO 8601; null where the question stays. */
  readonly expiresAt: string | null;
  readonly onExpiry?: ExpiryVerdict;
}

/** Tells one receiver. */
export interface Telling {
  readonly notice: Notice;
  readonly receiver: Receiver;
  readonly link: string | null;
}
