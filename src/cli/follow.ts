import { ANSWERS_AGAIN, type RunClient, type RunRef, type ShownRun } from '../client.ts';
import { presentChanges, presentMoment } from '../present.ts';
import type { Face } from './face.ts';
import { LiveView } from './live-view.ts';

export interface Following {
  /** Leave as soon as the run waits for a person. */
  readonly untilWaiting: boolean;
  /** Somebody may answer from here. Called after each look; it must not hold the looks up. */
  readonly seen?: (run: ShownRun) => void;
  /** Ends the showing as Ctrl+C does. */
  readonly leave?: AbortSignal;
}

/**
 * Shows a run until it has ended: in a terminal as a picture that moves, in a pipe as lines, with `--json`
 * one snapshot a line. Answers what it saw last; Ctrl+C leaves the run alone and ends the showing.
 */
export async function follow(
  client: RunClient,
  ref: RunRef,
  face: Face,
  { untilWaiting, seen, leave: told }: Following,
): Promise<ShownRun | null> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  process.once('SIGINT', leave);
  const view = viewFor(face);
  let last: ShownRun | null = null;
  try {
    const silence = (text: string | null) => view.narrate(text ?? ANSWERS_AGAIN);
    const signal = told ? AbortSignal.any([told, leaving.signal]) : leaving.signal;
    for await (const run of client.watch(ref, { signal, silence })) {
      view.show(last, run);
      last = run;
      seen?.(run);
      if (untilWaiting && run.state === 'waiting') break;
    }
  } finally {
    process.off('SIGINT', leave);
    view.close();
  }
  const isAsked = untilWaiting && last?.state === 'waiting';
  if (!isAsked && (last === null || last.endedAt === null)) {
    face.narrate(`The run goes on. To follow it again: ${face.style.command('watch')}`);
  }
  return last;
}

/** One way to show a run. */
interface View {
  readonly show: (before: ShownRun | null, now: ShownRun) => void;
  readonly narrate: (text: string) => void;
  readonly close: () => void;
}

function viewFor(face: Face): View {
  if (face.json) {
    const show: View['show'] = (_before, now) => void process.stdout.write(`${JSON.stringify(now)}\n`);
    return { show, narrate: face.narrate, close: () => undefined };
  }
  if (face.isTerminal) return movingPicture(face);
  return {
    show: (before, now) => face.print(presentChanges(before, now, 'all', face.style)),
    narrate: face.narrate,
    close: () => undefined,
  };
}

const REDRAW_MS = 1_000;

/** What happened stays and scrolls away; what moves and what is asked stands below it. */
function movingPicture({ style }: Face): View {
  const live = new LiveView(process.stdout, style);
  let current: ShownRun | null = null;
  const draw = (staying: readonly string[]) => {
    live.draw(staying, current === null ? [] : presentMoment(current, Date.now(), style));
  };
  const clock = setInterval(draw, REDRAW_MS, []);
  return {
    show(before, now) {
      current = now;
      draw(presentChanges(before, now, 'settled', style));
    },
    narrate: (text) => draw([text]),
    close() {
      clearInterval(clock);
      live.close();
    },
  };
}
