import { condition, proxyActivities } from '@temporalio/workflow';
import { CONTROL_QUEUE, type PlannedStep, type WindowFound, type WindowRequest } from './contract.ts';
import { Halt } from './problem.ts';
import type { Run } from './run.ts';

interface WindowActivities {
  /** Null where no window of the coming year is long enough. Time zones change, so history keeps the answer. */
  readonly findWindow: (request: WindowRequest) => Promise<WindowFound | null>;
}

const { findWindow } = proxyActivities<WindowActivities>({
  taskQueue: CONTROL_QUEUE,
  startToCloseTimeout: '1m',
  retry: { initialInterval: '200ms', maximumInterval: '10s', nonRetryableErrorTypes: ['Operator', 'Bug'] },
});

/** What begins in a window must also end in it. */
export interface Interruption {
  readonly minutes: number;
  readonly what: string;
}

/** How the step itself interrupts something; null where it does not. */
export function interruptionBy({ interrupts, patience, title, host }: PlannedStep): Interruption | null {
  if (interrupts.length === 0) return null;
  const minutes = patience.applyMinutes + patience.settleMinutes;
  return { minutes, what: `"${title}" on ${host}` };
}

/** The window in which it may begin; null where the site has none, or nothing is interrupted. */
export async function windowFor(interruption: Interruption | null, run: Run): Promise<WindowFound | null> {
  const window = await nextWindow(interruption, run);
  if (window !== 'never') return window;
  const { minutes, what } = interruption ?? { minutes: 0, what: 'It' };
  throw new Halt({
    kind: 'operator',
    message: `${what} takes up to ${minutes} minutes, and no window of the coming year lets it begin`,
    advice: 'Widen windows.open in the site file, stop this run and start it again.',
  });
}

function isOpen(window: WindowFound | null): boolean {
  return window === null || Date.parse(window.opensAt) <= Date.now();
}

/**
 * The window for which it must wait; null where it may begin now. Asked as late as can be, with the host held: the
 * window for which a person agreed may be over by then.
 */
export async function closedWindow(
  step: PlannedStep,
  interruption: Interruption | null,
  run: Run,
): Promise<WindowFound | null> {
  const window = await windowFor(interruption, run);
  if (!isOpen(window)) return window;
  if (window) run.show(step, { window: window.inWords });
  return null;
}

/** Until the window opens, the run is to end, or the consent to it has lapsed. */
export async function untilOpen(
  step: PlannedStep,
  run: Run,
  window: WindowFound,
  hasLapsed: () => boolean,
): Promise<void> {
  run.show(step, { state: 'waiting-for-window', waitsUntil: window.opensAt });
  await condition(
    () => run.verdict !== null || hasLapsed(),
    Math.max(1, Date.parse(window.opensAt) - Date.now()),
  );
  run.show(step, { waitsUntil: null });
}

async function nextWindow(
  interruption: Interruption | null,
  run: Run,
): Promise<WindowFound | 'never' | null> {
  const { windows } = run.plan;
  if (windows === null || interruption === null) return null;
  const { minutes } = interruption;
  return (await findWindow({ windows, minutes, from: new Date().toISOString() })) ?? 'never';
}

/**
 * Before a change is taken back that interrupts something: until the window opens, or a person says why it
 * must not wait.
 */
export async function untilUndoMayBegin(step: PlannedStep, run: Run): Promise<void> {
  for (;;) {
    const window = await nextWindow(interruptionBy(step), run);
    if (window !== 'never' && isOpen(window)) return;
    const answer = await askToUndoNow(step, run, window === 'never' ? null : window);
    run.show(step, { waitsUntil: null });
    if (answer === 'approve') return;
  }
}

/** Answers null when the window has opened meanwhile. */
async function askToUndoNow(step: PlannedStep, run: Run, window: WindowFound | null) {
  run.show(step, { state: 'waiting-for-window', waitsUntil: window?.opensAt ?? null });
  const question = {
    about: 'undo',
    offers: ['approve'],
    interrupts: step.interrupts,
    seen: [
      `Take back "${step.title}" on ${step.host} now, outside the windows of the site?`,
      window
        ? `Unasked it begins in the next one: ${window.inWords}.`
        : 'No window of the coming year is long enough for it.',
    ],
    kinds: step.kinds,
    window,
    needsReason: true,
  } as const;
  if (window === null) return run.approvals.insist(step, question);
  const lastsMs = Math.max(1, Date.parse(window.opensAt) - Date.now());
  return run.approvals.insist(step, { ...question, lastsMs });
}
