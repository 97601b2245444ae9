import { z } from 'zod';
import { RESTART_SOURCES } from '../scripts/lines/host.ts';
import { computerName } from '../site-values.ts';
import type { FindingId } from './known.ts';

/** A warning that a person lives with, as the site file says it. */
export const acceptance = z.strictObject({
  finding: z.string().describe('Name of the warning, as ssis-ha check --live shows it, such as few-workers.'),
  host: computerName
    .optional()
    .describe('Only where it is found on this host. Left out: wherever it is found.'),
  source: z
    .string()
    .min(1)
    .optional()
    .describe(
      `Of restart-pends: only this source (${RESTART_SOURCES.join(', ')}), or a key or file that it names. Left out: all.`,
    ),
  reason: z.string().min(1).max(200).describe('Why it may stay, in 200 characters at most.'),
  by: z.string().min(1).max(100).describe('Who accepts it.'),
  until: z.iso
    .date('is not a day such as 2030-12-31')
    .describe("The last day on which it counts, such as '2030-12-31'."),
});

type Acceptance = z.output<typeof acceptance>;

/** What people have accepted of these warnings on this host. */
export function acceptedOn(
  host: string,
  accepted: readonly Acceptance[],
  warnings: readonly FindingId[],
): readonly AcceptedHere[] {
  return accepted
    .filter(
      (one) =>
        warnings.some((id) => id === one.finding) &&
        (one.host === undefined || one.host.toLowerCase() === host.toLowerCase()),
    )
    .map(({ finding, reason, by, until, source = null }) => ({ finding, reason, by, until, source }));
}

/** As far as a host needs to know it. */
export type AcceptedHere = Pick<Acceptance, 'finding' | 'reason' | 'by' | 'until'> & {
  readonly source: string | null;
};

/** `2030-12-31`, in UTC. */
export function isoDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}
