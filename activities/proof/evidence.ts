import { OperatorError } from '../failures.ts';
import type { SqlResult } from '../scripts/index.ts';

/** Where the probe package lies in the catalog. */
export const PROBE = { folder: 'ssis-ha', project: 'Probe' } as const;

/** One execution of the probe package that proves something. */
export type Proof = NonNullable<SqlResult<'getProofs'>['proofs']>[number];

/** What the executions for one piece of evidence come to. */
export type Standing =
  /** None was started, or only such as were lost to an interruption and may be had again. */
  | 'missing'
  | 'running'
  /** It succeeded, but none of its messages has reached SSISDB. */
  | 'quiet'
  | 'good';

/**
 * What an execution carries: whoever reads it years later finds the run, the step and the place. The try of the
 * step comes last, so that a person's *retry* begins anew and an earlier success still counts.
 */
export function evidenceOf(prefix: string, tries: number): string {
  return `${prefix}${tries}`;
}

/**
 * Judges the executions for one piece of evidence. Status 6 right after a failover may be the catalog's own doing:
 * it marks what is under way as ended unexpectedly, whatever becomes of it, so that is had again twice.
 *
 * Throws an OperatorError where one of this try has failed.
 *
 * Source: *catalog.executions*, status; domain facts, C9, *Running packages*.
 */
export function standingOf(proofs: readonly Proof[], tries: number, place: string): Standing {
  const succeeded = proofs.filter(({ status }) => status === SUCCEEDED);
  if (succeeded.some(({ messages }) => messages > 0)) return 'good';
  if (proofs.some(({ status }) => UNDER_WAY.has(status))) return 'running';
  // Messages of an earlier try may be lost for good, so that only a package of this one can show that all is well.
  const ofThisTry = proofs.filter(({ evidence }) => evidence.endsWith(`/${tries}`));
  if (ofThisTry.some(({ status }) => status === SUCCEEDED)) return 'quiet';
  refuseFailed(ofThisTry, place);
  return 'missing';
}

function refuseFailed(proofs: readonly Proof[], place: string): void {
  const lost = proofs.filter(({ status }) => status === ENDED_UNEXPECTEDLY);
  const failed =
    proofs.find(({ status }) => FAILED.has(status)) ?? (lost.length > LOST_AT_MOST ? lost.at(-1) : undefined);
  if (!failed) return;
  throw new OperatorError(
    `Execution ${failed.id} of the probe package (${place}) ended with status ${failed.status} (${NAMES[failed.status] ?? 'unknown'})`,
    `Read its messages in SSISDB (catalog.operation_messages, operation_id ${failed.id}) and the log of the worker, remove the cause, then retry.`,
  );
}

const SUCCEEDED = 7;
const ENDED_UNEXPECTEDLY = 6;
const LOST_AT_MOST = 2;
/** Running, pending, stopping. */
const UNDER_WAY: ReadonlySet<number> = new Set([2, 5, 8]);
/** Canceled, failed, completed without success. */
const FAILED: ReadonlySet<number> = new Set([3, 4, 9]);
const NAMES: Readonly<Record<number, string>> = {
  3: 'canceled',
  4: 'failed',
  6: 'ended unexpectedly',
  9: 'completed',
};
