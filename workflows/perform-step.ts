import { hasLapsed, isSame, mustNotBegin, NO_AGREEMENT, seenOf, type Agreement } from './agreement.ts';
import type { ChangeKind, Look, PlannedStep, Problem, Verdict } from './contract.ts';
import type { Ending } from './in-order.ts';
import { Halt, missing, problemOf, wasCancelled } from './problem.ts';
import { interruptionByRestart, kindsOfRestart } from './restart-host.ts';
import { restartTurn } from './restart-turn.ts';
import type { Run } from './run.ts';
import { activitiesFor, taskOf } from './step-activities.ts';
import { toldBy } from './told-by.ts';
import type { Turn } from './turn.ts';
import { closedWindow, interruptionBy, untilOpen, windowFor } from './windows.ts';

const MS_A_MINUTE = 60_000;

/** Performs one step until it is in place, skipped, or the run is to end; asks a person when it is stuck. */
export async function performStep(step: PlannedStep, run: Run): Promise<Ending> {
  while (run.verdict === null) {
    try {
      run.show(step, { tries: run.stateOf(step.key).tries + 1, problem: null });
      return await attempt(step, run);
    } catch (failure) {
      if (wasCancelled(failure)) break;
      const answer = await askWhenStuck(step, run, problemOf(failure, step));
      if (answer === 'skip') return skip(step, run);
    }
  }
  if (run.stateOf(step.key).state !== 'stuck') run.show(step, { state: 'pending' });
  return 'not-done';
}

/** Looks, asks, changes and looks again, giving the host back whenever a person is asked. */
async function attempt(step: PlannedStep, run: Run): Promise<Ending> {
  let agreement = NO_AGREEMENT;
  while (run.verdict === null) {
    const turn = await run.hosts.hold(step.holds, () =>
      takeTurn(step, run, hasLapsed(agreement, run) ? NO_AGREEMENT : agreement),
    );
    if (turn.kind === 'in-place') return arrive(step, run);
    if (turn.kind === 'again') {
      agreement = NO_AGREEMENT;
      continue;
    }
    if (turn.kind === 'waits') {
      // What was approved ahead of time must begin in that time, or is asked about.
      if (hasLapsed(agreement, run, turn.window.opensAt)) agreement = NO_AGREEMENT;
      else await untilOpen(step, run, turn.window, () => hasLapsed(agreement, run));
      continue;
    }
    const answer = await askFirst(step, run, turn);
    if (answer === 'skip') return skip(step, run);
    if (answer === 'reject') throw rejected(step, run);
    if (answer !== 'approve') break;
    const ahead = [...agreement.ahead, ...run.approvals.restsOn(step)];
    agreement =
      turn.kind === 'restart'
        ? { ...agreement, ahead, restart: turn.look }
        : { ...agreement, ahead, change: seenOf(turn.look) };
  }
  run.show(step, { state: 'pending' });
  return 'not-done';
}

async function takeTurn(step: PlannedStep, run: Run, agreement: Agreement): Promise<Turn> {
  if (run.verdict !== null) return { kind: 'again' };
  const { probe, apply } = activitiesFor(step);

  run.show(step, { state: 'probing' });
  const before = await run.unlessEnded(() => probe(taskOf(step, run)));
  run.show(step, { shortfall: before.shortfall, ...toldBy(before, run.plan.steps) });
  if (before.restartPends) return restartTurn(step, run, agreement);
  if (step.kind === 'check') return judge(before, agreement);
  if (before.shortfall.length === 0) return { kind: 'in-place' };
  if (before.changesExisting === true) refuseExisting(step, run, before);
  if (before.gate !== null && !isSame(agreement.change, seenOf(before)))
    return { kind: 'asks', look: before };

  const closed = await closedWindow(step, interruptionBy(step), run);
  if (closed) return { kind: 'waits', window: closed };

  if (mustNotBegin(agreement, run)) return { kind: 'again' };
  run.show(step, { state: 'applying' });
  run.remember(step, before.observed);
  const after = await settled(step, run, await apply(taskOf(step, run, before.observed)));
  run.show(step, { shortfall: after.shortfall, ...toldBy(after, run.plan.steps) });
  return after.restartPends ? { kind: 'again' } : { kind: 'in-place' };
}

/** Errors that a check found stop it; warnings that nobody has accepted are put to a person. */
function judge(look: Look, agreement: Agreement): Turn {
  if (look.shortfall.length > 0) throw missing(look);
  const isAgreed = look.gate === null || isSame(agreement.change, seenOf(look));
  return isAgreed ? { kind: 'in-place' } : { kind: 'asks', look };
}

/** What the change itself saw afterwards, where that is enough; else it is looked for until it holds. */
async function settled(step: PlannedStep, run: Run, seen: Look | null): Promise<Look> {
  if (seen && (seen.shortfall.length === 0 || seen.restartPends)) return seen;
  run.show(step, { state: 'settling', ...(seen && { shortfall: seen.shortfall }) });
  const { settle } = activitiesFor(step);
  return run.unlessEnded(() => settle(taskOf(step, run)));
}

/** A refusal changes nothing: the step is stuck, and says who refused and why. */
function rejected(step: PlannedStep, run: Run): Halt {
  const refusal = run.approvals.decisions.findLast(
    ({ stepKey, verdict, refused }) => stepKey === step.key && verdict === 'reject' && refused === null,
  );
  const reason = refusal?.reason ? `: ${refusal.reason}` : '';
  return new Halt({
    kind: 'operator',
    message: `${refusal?.by ?? 'Somebody'} rejected it${reason}`,
    advice: 'Settle it with them, then retry to be asked again.',
  });
}

function arrive(step: PlannedStep, run: Run): Ending {
  run.show(step, { state: run.memoryOf(step) ? 'changed' : 'in-place', shortfall: [] });
  return 'done';
}

function skip(step: PlannedStep, run: Run): Ending {
  run.show(step, { state: 'skipped' });
  return 'done';
}

async function askFirst(
  step: PlannedStep,
  run: Run,
  turn: Extract<Turn, { kind: 'asks' | 'restart' }>,
): Promise<Verdict | null> {
  const isRestart = turn.kind === 'restart';
  const window = await windowFor(isRestart ? interruptionByRestart(step) : interruptionBy(step), run);
  run.show(step, { state: 'asking' });
  const offers = [
    'approve',
    'reject',
    ...(step.skippable ? (['skip'] as const) : []),
    'undo',
    'stop',
  ] as const;
  const answer = await run.approvals.ask(step, {
    about: isRestart ? 'restart' : 'gate',
    offers,
    interrupts: isRestart ? turn.look.interrupts : step.interrupts,
    seen: isRestart ? turn.look.seen : seenOf(turn.look),
    kinds: isRestart ? kindsOfRestart(turn.look) : kindsOf(step, turn.look),
    window,
    // Whoever takes a risk says why.
    ...(step.kind === 'check' ? { needsReason: true } : {}),
  });
  if (answer === 'undo' || answer === 'stop') run.endWith(answer);
  return answer;
}

/** What this run began itself is not what was there before. */
function refuseExisting(step: PlannedStep, run: Run, look: Look): void {
  if (run.plan.existingObjects === 'ask' || run.memoryOf(step) !== null) return;
  throw new Halt({
    kind: 'operator',
    message: `This run has not made what it would change, and the site file says existingObjects: refuse. ${seenOf(look).join(' ')}`,
    advice:
      'Change it by hand, then retry; or say existingObjects: ask in the site file and start a new run.',
  });
}

function kindsOf({ kinds }: PlannedStep, look: Look): readonly ChangeKind[] {
  return look.changesExisting === true ? [...kinds, 'existing-object'] : kinds;
}

async function askWhenStuck(step: PlannedStep, run: Run, problem: Problem): Promise<Verdict | null> {
  run.show(step, { state: 'stuck', problem });
  const { mode, asks } = run.request;
  const asked = {
    about: 'stuck',
    offers: [
      'retry',
      ...(step.skippable ? (['skip'] as const) : []),
      ...(mode === 'perform' ? (['undo'] as const) : []),
      'stop',
    ],
    interrupts: [],
    seen: [problem.message, problem.advice],
    ...(asks && { lastsMs: asks.againMinutes * MS_A_MINUTE }),
  } as const;
  const answer = await run.approvals.ask(step, asked);
  if (answer === 'undo') run.endWith('undo');
  if (answer === 'stop') run.failWith(problem);
  return answer;
}
