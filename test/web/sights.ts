import { withWaiting } from '../../src/client/shown-run.ts';
import type { RunSight } from '../../src/web/views/run-sight.ts';
import { isSettled, type Plan, type StepState } from '../../workflows/contract.ts';
import { replayEvents } from '../../workflows/journal/changes.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';
import { shownRun, stepWith } from '../cli/snapshots.ts';

/** A sight with what matters to a test; the rest is plausible. */
export function sightWith(parts: Partial<RunSight> = {}): RunSight {
  return {
    run: shownRun(),
    plan: null,
    lengths: {},
    events: [],
    nowMs: Date.parse('2030-01-01T10:05:00.000Z'),
    ...parts,
  };
}

/** A run as it was after some of its events. */
export function sightAfter(events: readonly RunEvent[], plan: Plan, count: number = events.length): RunSight {
  const told = events.slice(0, count);
  const run = replayEvents(told);
  if (run === null) throw new Error('Before its first event there is no run');
  const nowMs = Date.parse(told.at(-1)?.at ?? '');
  return sightWith({ run: withWaiting(run, new Map()), plan, events: told, nowMs });
}

const BEGUN_MS = Date.parse('2030-01-01T10:00:00.000Z');

/** A run of one step that went through these states, each from a minute of the run on, as it is in a minute. */
export function sightThrough(
  states: readonly (readonly [minute: number, state: StepState])[],
  nowMinute: number,
): RunSight {
  const at = (minute: number) => new Date(BEGUN_MS + minute * 60_000).toISOString();
  const [endedMinute, state] = states.at(-1) ?? [0, 'pending'];
  const endedAt = isSettled({ state }) ? at(endedMinute) : null;
  const step = stepWith({ state, startedAt: at(states[0]?.[0] ?? 0), endedAt });
  const events = states.map(([minute, entered], nth) => ({
    n: nth + 1,
    at: at(minute),
    steps: [{ key: step.key, state: entered }],
  }));
  return sightWith({ run: shownRun({ steps: [step] }), events, nowMs: Date.parse(at(nowMinute)) });
}
