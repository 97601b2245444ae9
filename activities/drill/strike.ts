import { z } from 'zod';
import type { Ports } from '../ports.ts';
import { quiesceCatalog } from '../quiesce.ts';
import type { LookContext } from '../step-spec.ts';
import type { Drill } from './drill-moves.ts';

/** What is broken on purpose: the process of the Master on the first node, or another node as a whole. */
export type StrikeKind = 'service' | 'node';

export interface Strike extends Drill {
  readonly kind: StrikeKind;
  /** Where it strikes: the first node for its Master, another one for a loss. */
  readonly victim: string;
}

const noteShape = z.strictObject({ of: z.string(), start: z.string() });

/**
 * Whether the strike of this run has hit. What was running then is noted first, so that a strike whose answer was
 * lost is seen by another start in its place, and is not made twice.
 */
export async function hasStruck(ports: Ports, strike: Strike, { runId }: LookContext): Promise<boolean> {
  const { text } = await ports.powershell.run('getNote', { name: strike.id });
  const note = text === null ? null : noteShape.parse(JSON.parse(text));
  if (note?.of !== `${runId}/${strike.id}`) return false;
  return (await startOf(ports, strike)) !== note.start;
}

/** Source: domain facts, *Step 10*, D4 and D5; C9 on packages under way. */
export async function strikeNow(ports: Ports, strike: Strike, { runId, tries }: LookContext): Promise<void> {
  const { powershell } = ports;
  const of = `${runId}/${strike.id}`;
  if (strike.kind === 'node') await quiesceCatalog(ports, strike.replicas, { of, tries });
  const start = await startOf(ports, strike);
  if (start === null) return;
  await powershell.run('keepNote', { name: strike.id, text: JSON.stringify({ of, start }) });
  if (strike.kind === 'service') await powershell.run('killMaster', { suffix: strike.suffix, start });
  else await powershell.run('breakNode', { node: strike.victim, start });
}

/** What is noted is needed no longer than until there is a proof of what came after. */
export async function forgetStrike({ powershell }: Ports, { id }: Strike): Promise<void> {
  await powershell.run('removeNote', { name: id });
}

async function startOf({ powershell }: Ports, { kind, suffix, victim }: Strike): Promise<string | null> {
  const node = kind === 'node' ? victim : null;
  return (await powershell.run('getStart', { suffix, node })).start;
}
