import { withWaiting } from '../../src/client/shown-run.ts';
import type { RunSight } from '../../src/web/views/run-sight.ts';
import type { Plan } from '../../workflows/contract.ts';
import { replayEvents } from '../../workflows/journal/changes.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';
import { shownRun } from '../cli/snapshots.ts';

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
