import { z } from 'zod';
import type { Ports } from '../ports.ts';

/** What a host carried before its restart, and carries again after it. */
const carriedSchema = z.strictObject({
  /** Whether it is a node of the cluster. */
  isMember: z.boolean(),
  /** A node that somebody had paused stays so. */
  wasPaused: z.boolean(),
  /** How each replica of the group fails over; null where this host has no part in it. */
  failoverModes: z
    .array(z.strictObject({ server: z.string(), failoverMode: z.enum(['AUTOMATIC', 'MANUAL']) }))
    .nullable(),
  /** The worker that took work here; null where none did. */
  worker: z.string().nullable(),
});

/** What a restart is told: the boot that was agreed to end, and what was seen then. */
export const drainedSchema = z.strictObject({ bootId: z.string(), drained: carriedSchema });

export type Carried = z.output<typeof carriedSchema>;

/**
 * What the host carried, as it was first seen: a try that failed half way has left it changed, and a later
 * look must not take that for how it was.
 */
export async function firstSeen({ powershell }: Ports, carried: Carried): Promise<Carried> {
  const { text } = await powershell.run('getNote', { name: NOTE });
  return text === null ? carried : carriedSchema.parse(JSON.parse(text));
}

export async function keepFirstSeen(ports: Ports, carried: Carried): Promise<void> {
  const { text } = await ports.powershell.run('getNote', { name: NOTE });
  if (text === null) await ports.powershell.run('keepNote', { name: NOTE, text: JSON.stringify(carried) });
}

export async function forgetFirstSeen({ powershell }: Ports): Promise<void> {
  await powershell.run('removeNote', { name: NOTE });
}

const NOTE = 'carried-before-restart';
