import { patched } from '@temporalio/workflow';
import { isSame, mustNotBegin, type Agreement } from './agreement.ts';
import type { PlannedStep } from './contract.ts';
import { interruptionByRestart, lookBeforeRestart, restartHost, restartsInVain } from './restart-host.ts';
import type { Run } from './run.ts';
import type { Turn } from './turn.ts';
import { closedWindow } from './windows.ts';

/** Runs that an older build recorded began without asking, and a replay of them must do so too. */
const WINDOW_AFTER_THE_WAIT = 'restart-asks-for-window-after-its-wait';

/**
 * A restart that pends comes before everything else, and never without consent to this very boot's end. One
 * host at a time in the whole run: whoever has waited for another host is stopped by all that stops a restart
 * which did not wait.
 */
export async function restartTurn(step: PlannedStep, run: Run, agreement: Agreement): Promise<Turn> {
  const look = await lookBeforeRestart(step, run);
  if (mustNotBegin(agreement, run)) return { kind: 'again' };
  if (agreement.restart === null || !isSame(agreement.restart.seen, look.seen)) {
    return { kind: 'restart', look };
  }
  const closed = await closedWindow(step, interruptionByRestart(step), run);
  if (closed) return { kind: 'waits', window: closed };
  if (run.isRestartedInVain(step)) throw restartsInVain(step, look);

  const mustWait = run.restarts.isTaken('a host');
  return await run.restarts.hold(['a host'], async (): Promise<Turn> => {
    if (mustNotBegin(agreement, run)) return { kind: 'again' };
    if (mustWait && patched(WINDOW_AFTER_THE_WAIT)) {
      const over = await closedWindow(step, interruptionByRestart(step), run);
      if (over) return { kind: 'waits', window: over };
      if (mustNotBegin(agreement, run)) return { kind: 'again' };
    }
    run.countRestart(step, look.wanted ?? []);
    await restartHost(step, run, look);
    return { kind: 'again' };
  });
}
