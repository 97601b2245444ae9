import type { ChangeKind, Look, PlannedStep, Problem, Verdict, WindowFound } from './contract.ts';
import type { Ending } from './in-order.ts';
import { Halt, missing, problemOf, wasCancelled } from './problem.ts';
import {
  interruptionByRestart,
  kindsOfRestart,
  lookBeforeRestart,
  restartHost,
  restartsInVain,
  type RestartLook,
} from './restart-host.ts';
import type { Run } from './run.ts';
import { activitiesFor, taskOf } from './step-activities.ts';
import { toldBy } from './told-by.ts';
import { interruptionBy, isOpen, untilOpen, windowFor, type Interruption } from './windows.ts';

/** What came of one turn on the host. */
type Turn =
  | { readonly kind: 'in-place' }
  | { readonly kind: 'again' }
  | { readonly kind: 'asks'; readonly look: Look }
  | { readonly kind: 'restart'; readonly look: RestartLook }
  | { readonly kind: 'waits'; readonly window: WindowFound };

/** What a person agreed to, as it was seen then. */
interface Consent {
  readonly change: readonly string[] | null;
  readonly restart: RestartLook | null;
  /** Ids of the approvals ahead of time on which it rests. */
  readonly ahead: readonly string[];
}

const MS_A_MINUTE = 60_000;

const NO_CONSENT: Consent = { change: null, restart: null, ahead: [] };

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
  let consent = NO_CONSENT;
  while (run.verdict === null) {
    const turn = await run.hosts.hold(step.holds, () =>
      takeTurn(step, run, hasLapsed(consent, run) ? NO_CONSENT : consent),
    );
    if (turn.kind === 'in-place') return arrive(step, run);
    if (turn.kind === 'again') {
      consent = NO_CONSENT;
      continue;
    }
    if (turn.kind === 'waits') {
      // What was approved ahead of time must begin in that time, or is asked about.
      if (hasLapsed(consent, run, turn.window.opensAt)) consent = NO_CONSENT;
      else await untilOpen(step, run, turn.window, () => hasLapsed(consent, run));
      continue;
    }
    const answer = await askFirst(step, run, turn);
    if (answer === 'skip') return skip(step, run);
    if (answer === 'reject') throw rejected(step, run);
    if (answer !== 'approve') break;
    const ahead = [...consent.ahead, ...run.approvals.restsOn(step)];
    consent =
      turn.kind === 'restart'
        ? { ...consent, ahead, restart: turn.look }
        : { ...consent, ahead, change: seenOf(turn.look) };
  }
  run.show(step, { state: 'pending' });
  return 'not-done';
}

function hasLapsed({ ahead }: Consent, run: Run, at = new Date().toISOString()): boolean {
  return run.approvals.ahead.haveLapsed(ahead, Date.parse(at));
}

async function takeTurn(step: PlannedStep, run: Run, consent: Consent): Promise<Turn> {
  if (run.verdict !== null) return { kind: 'again' };
  const { probe, apply } = activitiesFor(step);

  run.show(step, { state: 'probing' });
  const before = await run.unlessEnded(() => probe(taskOf(step, run)));
  run.show(step, { shortfall: before.shortfall, ...toldBy(before, run.plan.steps) });
  if (before.restartPends) return restartTurn(step, run, consent);
  if (step.kind === 'check') return judge(before, consent);
  if (before.shortfall.length === 0) return { kind: 'in-place' };
  if (before.changesExisting === true) refuseExisting(step, run, before);
  if (before.gate !== null && !isSame(consent.change, seenOf(before))) return { kind: 'asks', look: before };

  const closed = await closedWindow(step, interruptionBy(step), run);
  if (closed) return { kind: 'waits', window: closed };

  run.show(step, { state: 'applying' });
  run.remember(step, before.observed);
  const after = await settled(step, run, await apply(taskOf(step, run, before.observed)));
  run.show(step, { shortfall: after.shortfall, ...toldBy(after, run.plan.steps) });
  return after.restartPends ? { kind: 'again' } : { kind: 'in-place' };
}

/** Errors that a check found stop it; warnings that nobody has accepted are put to a person. */
function judge(look: Look, consent: Consent): Turn {
  if (look.shortfall.length > 0) throw missing(look);
  const isAgreed = look.gate === null || isSame(consent.change, seenOf(look));
  return isAgreed ? { kind: 'in-place' } : { kind: 'asks', look };
}

/** What the change itself saw afterwards, where that is enough; else it is looked for until it holds. */
async function settled(step: PlannedStep, run: Run, seen: Look | null): Promise<Look> {
  if (seen && (seen.shortfall.length === 0 || seen.restartPends)) return seen;
  run.show(step, { state: 'settling', ...(seen && { shortfall: seen.shortfall }) });
  const { settle } = activitiesFor(step);
  return run.unlessEnded(() => settle(taskOf(step, run)));
}

/** A restart that pends comes before everything else, and never without consent to this very boot's end. */
async function restartTurn(step: PlannedStep, run: Run, consent: Consent): Promise<Turn> {
  const look = await lookBeforeRestart(step, run);
  if (consent.restart === null || !isSame(consent.restart.seen, look.seen)) return { kind: 'restart', look };
  const closed = await closedWindow(step, interruptionByRestart(step), run);
  if (closed) return { kind: 'waits', window: closed };
  if (run.countRestart(step, look.wanted ?? []) === 'too many') throw restartsInVain(step, look);
  await restartHost(step, run, look);
  return { kind: 'again' };
}

/** Asked as late as can be, with the host held: the window for which a person agreed may be over by then. */
async function closedWindow(
  step: PlannedStep,
  interruption: Interruption | null,
  run: Run,
): Promise<WindowFound | null> {
  const window = await windowFor(interruption, run);
  if (!isOpen(window)) return window;
  if (window) run.show(step, { window: window.inWords });
  return null;
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

/** What a person is shown and agrees to: the question, what is missing, what else is known. */
function seenOf(look: Look): readonly string[] {
  return [...(look.gate === null ? [] : [look.gate]), ...look.shortfall, ...look.notes];
}

function isSame(agreed: readonly string[] | null, seen: readonly string[]): boolean {
  return agreed !== null && agreed.length === seen.length && agreed.every((line, at) => line === seen[at]);
}
