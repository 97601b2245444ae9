import type { PlannedStep } from './contract.ts';

/** How a step's turn ended: its dependants may go on, or they may not. */
export type Ending = 'done' | 'not-done';

/**
 * Performs the plan as a graph: a step's turn comes when every step that it waits for is done, and steps
 * that do not wait for one another go on side by side. A step that is not done stops its own branch only.
 * Answers when no turn is left to come.
 *
 * Throws when a step waits for one that does not stand before it, since such a plan could never end.
 */
export async function inOrder(
  steps: readonly PlannedStep[],
  perform: (step: PlannedStep) => Promise<Ending>,
): Promise<void> {
  const turns = new Map<string, Promise<Ending>>();
  for (const step of steps) {
    const earlier = step.after.map((key) => turnOf(key, step, turns));
    turns.set(step.key, takeTurn(step, earlier, perform));
  }
  await Promise.all(turns.values());
}

async function takeTurn(
  step: PlannedStep,
  earlier: readonly Promise<Ending>[],
  perform: (step: PlannedStep) => Promise<Ending>,
): Promise<Ending> {
  const endings = await Promise.all(earlier);
  if (endings.includes('not-done')) return 'not-done';
  return perform(step);
}

function turnOf(
  key: string,
  step: PlannedStep,
  turns: ReadonlyMap<string, Promise<Ending>>,
): Promise<Ending> {
  const turn = turns.get(key);
  if (!turn) throw new RangeError(`${step.key} waits for ${key}, which does not stand before it in the plan`);
  return turn;
}
