import { z } from 'zod';

/** What is known of a host before its restart, and put back after it. */
export const drainedSchema = z.strictObject({ bootId: z.string(), drained: z.strictObject({ inCluster: z.boolean() }) });

export type Drained = z.output<typeof drainedSchema>;
