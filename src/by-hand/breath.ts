import { setImmediate as turn } from 'node:timers/promises';

const LONGEST_MS = 10;
let since = performance.now();

/** Lets others have their turn, if none has come for a while: a server goes on answering meanwhile. */
export async function breathe(): Promise<void> {
  if (performance.now() - since < LONGEST_MS) return;
  await turn();
  since = performance.now();
}
