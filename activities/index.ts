import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import {
  FAILURE_TYPES,
  type Build,
  type Json,
  type Look,
  type Mode,
  type Plan,
  type StepTask,
  type Telling,
  type WindowFound,
  type WindowRequest,
} from '../workflows/contract.ts';
import { OperatorError, TransientError } from './failures.ts';
import { acceptedOn } from './findings/accepted.ts';
import { tellReceiver, type Telegraph } from './notices/tell.ts';
import { makePlan } from './plan.ts';
import type { Ports } from './ports.ts';
import * as restart from './restart/index.ts';
import type { ApplyContext, LookContext } from './step-spec.ts';
import type { Step } from './step.ts';
import { ahead } from './steps/ahead/index.ts';
import { procedure, stepsOf } from './steps/index.ts';
import { verification } from './steps/verification.ts';
import { findWindow } from './windows.ts';

/** Ports that are open for one activity; `close` gives fences, shells and connections back. */
export interface OpenPorts extends Ports {
  close(outcome: 'good' | 'bad'): Promise<void>;
}

/** How the worker reaches the estate. */
export interface Reach {
  /**
   * Fenced ports wait for nobody: a fence that another change holds is a TransientError. What is still under
   * way when `patience` ends is given up, and fails as lost.
   */
  open(task: StepTask, fence: 'fenced' | 'open', patience: AbortSignal): Promise<OpenPorts>;
}

type StepActivity = (task: StepTask) => Promise<unknown>;

const HEARTBEAT_EVERY_MS = 1_000;
/** An attempt that hangs gives up a moment before the server does: it still can say what hung. */
const LAST_WORDS_MS = 3_000;

/** The activities of the control worker that belong to the procedure. */
export function controlActivities(build: Build, telegraph: Telegraph) {
  return {
    makePlan: (site: Json, mode?: Mode): Promise<Plan> =>
      reporting(() => makePlan(mode === 'verify' ? verification : procedure, site, build)),
    findWindow: (request: WindowRequest): Promise<WindowFound | null> =>
      reporting(() => Promise.resolve(findWindow(request))),
    tellReceiver: (telling: Telling): Promise<void> => reporting(() => tellReceiver(telling, telegraph)),
  };
}

/** The activities that every host's worker serves: those of each step, and those of a host's restart. */
export function hostActivities(reach: Reach, build: Build): Record<string, StepActivity> {
  const activities: Record<string, StepActivity> = {};
  const add = (name: string, work: (task: StepTask) => Promise<unknown>) => {
    activities[name] = (task) =>
      reporting(() => {
        refuseOtherBuild(task, build);
        return work(task);
      });
  };
  for (const step of stepsOf([...procedure, ahead])) {
    add(`${step.id}.probe`, (task) =>
      within(reach, task, fenceOf(task), (ports) => step.look(ports, task.input, lookContextOf(task))),
    );
    if (step.kind === 'check') continue;
    add(`${step.id}.apply`, (task) => within(reach, task, 'fenced', (ports) => applyStep(step, task, ports)));
    add(`${step.id}.settle`, (task) => within(reach, task, 'open', (ports) => settleStep(step, task, ports)));
    if (step.undo) {
      add(`${step.id}.undo`, (task) => within(reach, task, 'fenced', (ports) => undoStep(step, task, ports)));
    }
  }
  add('restart.look', (task) => within(reach, task, 'open', (ports) => restart.look(ports, task)));
  add('restart.prepare', (task) => within(reach, task, 'fenced', (ports) => restart.prepare(ports, task)));
  add('restart.begin', (task) => within(reach, task, 'fenced', (ports) => restart.begin(ports, task)));
  add('restart.await', (task) => within(reach, task, 'open', (ports) => restart.awaitBoot(ports, task)));
  add('restart.finish', (task) => within(reach, task, 'fenced', (ports) => restart.finish(ports, task)));
  return activities;
}

/** Under the fence: looks once more, changes only what is still missing, and looks whether that was all. */
async function applyStep(step: Step, task: StepTask, ports: Ports): Promise<Look | null> {
  const now = await step.look(ports, task.input, lookContextOf(task));
  if (now.shortfall.length === 0) return now;
  if (step.once) refuseUnlessUntouched(step, task, now);
  try {
    await step.apply(ports, task.input, contextOf(task, now.observed));
  } catch (error) {
    if (step.once && error instanceof TransientError && error.passing === 'reported') {
      throw new OperatorError(
        error.message,
        `Look at ${task.host}, then retry: this step may run only once.`,
      );
    }
    throw error;
  }
  return lookAtOnce(step, task, ports);
}

/** Most changes hold at once, which saves their settling; one that cannot be seen yet did not fail for that. */
async function lookAtOnce(step: Step, task: StepTask, ports: Ports): Promise<Look | null> {
  try {
    return await step.look(ports, task.input, lookContextOf(task));
  } catch {
    return null;
  }
}

/**
 * A later attempt of a step that may run only once: the answer of the one before was lost. The fence is
 * held, so that one is over; it may go again only where everything is exactly as it was remembered.
 */
function refuseUnlessUntouched(step: Step, task: StepTask, now: Look): void {
  if (activityInfo().attempt === 1 || isSame(now.observed, task.before)) return;
  throw new OperatorError(
    `The answer of an earlier try of "${step.title}" on ${task.host} was lost, and it left something behind: ${now.shortfall.join('; ')}`,
    'Look at what it left, finish or remove it by hand, then retry.',
  );
}

async function settleStep(step: Step, task: StepTask, ports: Ports): Promise<Look> {
  const look = await step.look(ports, task.input, lookContextOf(task));
  if (look.shortfall.length === 0 || look.restartPends) return look;
  throw new TransientError(`Still missing: ${look.shortfall.join('; ')}`, 'busy');
}

async function undoStep(step: Step, task: StepTask, ports: Ports): Promise<Look | null> {
  await step.undo?.(ports, task.input, contextOf(task, task.before));
  if (step.leavesEvidence) return lookAtOnce(step, task, ports);
  const after = await step.look(ports, task.input, lookContextOf(task));
  if (after.shortfall.length > 0) return after;
  throw new TransientError(`"${step.title}" is still in place on ${task.host} after its undo`, 'busy');
}

function contextOf(task: StepTask, before: Json): ApplyContext<Json> {
  const { workflowId } = runOf();
  return {
    ...lookContextOf(task),
    before,
    journal: `${workflowId}\\${task.key}\\${task.tries}`.replaceAll('/', '\\'),
  };
}

function lookContextOf(task: StepTask): LookContext {
  const accepted = acceptedOn(task.host, task.access.accepted);
  return { runId: runOf().runId, tries: task.tries, accepted };
}

function runOf(): { readonly workflowId: string; readonly runId: string } {
  const { workflowExecution } = activityInfo();
  if (!workflowExecution) throw new TypeError('A step is performed by a run, never alone');
  return workflowExecution;
}

async function within<Result>(
  reach: Reach,
  task: StepTask,
  fence: 'fenced' | 'open',
  work: (ports: Ports) => Promise<Result>,
): Promise<Result> {
  const ports = await reach.open(task, fence, patience());
  try {
    const result = await work(ports);
    await ports.close('good');
    return result;
  } catch (error) {
    await ports.close(isWholeAnswer(error) ? 'good' : 'bad');
    throw error;
  }
}

/** Ends with the time that the server gives this attempt: a shell that hangs would keep its fence for ever. */
function patience(): AbortSignal {
  return AbortSignal.timeout(Math.max(LAST_WORDS_MS, activityInfo().startToCloseTimeoutMs - LAST_WORDS_MS));
}

/** A failure that the other side itself reported leaves line and shell as good as they were. */
function isWholeAnswer(error: unknown): boolean {
  return error instanceof OperatorError || (error instanceof TransientError && error.passing !== 'lost');
}

function fenceOf(task: StepTask): 'fenced' | 'open' {
  return task.fenced ? 'fenced' : 'open';
}

function refuseOtherBuild(task: StepTask, build: Build): void {
  if (isSame(task.build, build)) return;
  throw new OperatorError(
    `The plan was made by ssis-ha ${task.build.version} (scripts ${task.build.scripts.slice(0, 8)}); this agent is ${build.version} (${build.scripts.slice(0, 8)})`,
    `Finish with ${task.build.version}, or stop the run and start it again.`,
  );
}

/** Tells the server that work goes on, and turns what was thrown into a failure that it understands. */
async function reporting<Result>(work: () => Promise<Result>): Promise<Result> {
  const beat = setInterval(() => heartbeat(), HEARTBEAT_EVERY_MS);
  try {
    return await work();
  } catch (error) {
    throw asFailure(error);
  } finally {
    clearInterval(beat);
  }
}

function asFailure(error: unknown): unknown {
  if (error instanceof OperatorError) {
    return ApplicationFailure.create({
      type: FAILURE_TYPES.operator,
      message: error.message,
      nonRetryable: true,
      details: [error.advice],
    });
  }
  if (error instanceof TransientError) {
    return ApplicationFailure.create({
      type: FAILURE_TYPES.transient,
      message: error.message,
      category: ApplicationFailureCategory.BENIGN,
      ...(error.retryAfterSeconds === null ? {} : { nextRetryDelay: error.retryAfterSeconds * 1000 }),
    });
  }
  return ApplicationFailure.create({
    type: FAILURE_TYPES.bug,
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    nonRetryable: true,
  });
}

function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** History keeps no order of keys that a schema would not have made; compare without it all the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
