/* What the site file says of change control, as the plan records it and the workflow holds it. */

/** Kinds of change for which a site may say who must agree. */
export const CHANGE_KINDS = [
  'engine-restart',
  'host-restart',
  'role-creation',
  'failover',
  'existing-object',
  'security-setting',
  'not-undoable',
  'drop-database',
  'evict-node',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type Environment = 'lab' | 'test' | 'production';

/** The change record that a run belongs to. */
export interface ChangeTicket {
  readonly ticket: string;
  readonly owner: string;
  readonly contact: string;
}

/** So many people of a group. */
export interface Need {
  readonly count: number;
  readonly group: string;
}

/** A need of one question, and who met it so far. */
export interface NeedSoFar extends Need {
  readonly given: readonly string[];
}

/** Who must agree to what. A question of several kinds needs what each of their rules asks for. */
export interface Consent {
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly { readonly when: readonly ChangeKind[]; readonly need: readonly Need[] }[];
  /** Hours after which a question that nobody answered is withdrawn; null: never. */
  readonly expireAfterHours: number | null;
  /** What becomes of the run when a question expires; left out: its step is stuck until somebody says retry. */
  readonly onExpiry?: ExpiryVerdict;
  /** Left out: nobody may approve before the question is asked. */
  readonly ahead?: { readonly maxHours: number };
}

/** What silence may lead to: never to a change. */
export type ExpiryVerdict = 'stop' | 'undo';

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export type Day = (typeof DAYS)[number];

/** When something may be interrupted: within an opening, and on no day of a freeze. */
export interface Windows {
  /** Name of the IANA time zone in which everything below is said. */
  readonly timeZone: string;
  /** `to` at or before `from` means the next day. */
  readonly open: readonly { readonly days: readonly Day[]; readonly from: string; readonly to: string }[];
  /** First and last day, both included. */
  readonly freeze: readonly { readonly from: string; readonly to: string; readonly reason: string }[];
}

/** Asks when something of this length may begin, from a moment on. */
export interface WindowRequest {
  readonly windows: Windows;
  readonly minutes: number;
  /** ISO 8601 */
  readonly from: string;
}

/** The next window that is long enough. */
export interface WindowFound {
  /** ISO 8601; not later than the moment asked about where it is open already. */
  readonly opensAt: string;
  readonly closesAt: string;
  /** In the time zone of the site, such as `Sat 2030-01-05 22:00 to Sun 2030-01-06 04:00 (Europe/Berlin)`. */
  readonly inWords: string;
}
