import { z } from 'zod';
import type { Acceptance } from '../../workflows/contract.ts';
import { sameName } from '../same-name.ts';
import { RESTART_SOURCES } from '../scripts/lines/host.ts';
import { computerName } from '../site-values.ts';

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

/** What people have accepted on this host, of all that they have. */
export function acceptedOn(host: string, accepted: readonly Acceptance[] = []): readonly Acceptance[] {
  return accepted.filter((one) => one.host === null || sameName(one.host, host));
}

/** `2030-12-31`, in UTC. */
export function isoDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}
