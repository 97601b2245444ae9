import { z } from 'zod';
import type { Ports } from '../../ports.ts';

/** What was replaced and undo puts back: too long for the memory of the run, and no secret. */
const note = z.strictObject({ runId: z.string(), replaced: z.unknown() });

/** Keeps on the host what this run replaces; the first memory of a run is the true one. */
export async function keepReplaced(
  ports: Ports,
  name: string,
  runId: string,
  replaced: unknown,
): Promise<void> {
  if ((await noteOf(ports, name, runId)) !== null) return;
  await ports.powershell.run('keepNote', { name, text: JSON.stringify({ runId, replaced }) });
}

/** What this run has replaced; null where it has replaced nothing. */
export async function recallReplaced<Shape extends z.ZodType>(
  ports: Ports,
  name: string,
  runId: string,
  shape: Shape,
): Promise<z.output<Shape> | null> {
  const kept = await noteOf(ports, name, runId);
  return kept === null ? null : shape.parse(kept.replaced);
}

export async function forgetReplaced({ powershell }: Ports, name: string): Promise<void> {
  await powershell.run('removeNote', { name });
}

/** A job as it was found. */
export const replacedJob = z.strictObject({
  enabled: z.boolean(),
  owner: z.string().nullable(),
  definition: z.string(),
});

async function noteOf({ powershell }: Ports, name: string, runId: string) {
  const { text } = await powershell.run('getNote', { name });
  const kept = text === null ? null : note.parse(JSON.parse(text));
  return kept?.runId === runId ? kept : null;
}
