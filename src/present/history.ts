import type { RunSnapshot } from '../../workflows/contract.ts';
import { afterEvent } from '../../workflows/journal/changes.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';
import { approvedAhead } from './history/ahead.ts';
import { decided } from './history/decisions.ts';
import type { Passage, Told } from './history/passage.ts';
import { asked, withdrawn } from './history/questions.ts';
import { stepped } from './history/steps.ts';
import { RUN_WORDS, type Tone } from './words.ts';

/* Free of Temporal, of Node and of colours: a page in a browser tells a run with the very same sentences. */

/** One thing that happened in a run, in a sentence. */
export interface Happening extends Told {
  /** Number of the event that tells of it. */
  readonly n: number;
  /** ISO 8601 */
  readonly at: string;
}

/**
 * What happened, in its order: who decided what and why, what was refused, what became of each step. Looks and
 * other states in between are left out. `before` is the run before the first of `events`; null for all of them.
 */
export function historyOf(
  events: readonly RunEvent[],
  before: RunSnapshot | null = null,
): readonly Happening[] {
  const happenings: Happening[] = [];
  let known = before;
  for (const event of events) {
    const after = afterEvent(known, event);
    happenings.push(...toldBy({ event, before: known, after }));
    known = after;
  }
  return happenings;
}

function toldBy(passage: Passage): readonly Happening[] {
  const { event } = passage;
  const told: readonly Told[] = [
    ...begun(passage),
    ...approvedAhead(passage),
    ...decided(passage),
    ...withdrawn(passage),
    ...stepped(passage),
    ...asked(passage),
    ...movedOn(passage),
  ];
  return told.map((one) => ({ n: event.n, at: event.at, ...one }));
}

const BEGINNINGS: Readonly<Record<RunSnapshot['mode'], string>> = {
  perform: 'a run',
  rehearse: 'a rehearsal',
  verify: 'a verification',
};

function begun({ before, after }: Passage): readonly Told[] {
  const { mode, site, startedBy, planHash, change, steps } = after;
  const told: string[] = [];
  if (before === null) told.push(`${startedBy} started ${BEGINNINGS[mode]} of ${site}.`);
  if (planHash !== null && (before?.planHash ?? null) === null) {
    const under =
      change === null ? '' : `, under change ${change.ticket} of ${change.owner}, contact ${change.contact}`;
    told.push(
      `The plan ${planHash.slice(0, 12)} has ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}${under}.`,
    );
  }
  return told.map((text) => ({ about: 'run', stepKey: null, tone: 'moves', text }));
}

function movedOn({ event, after }: Passage): readonly Told[] {
  const { state, proof } = after;
  if (event.run?.state === 'undoing')
    return [ofRun('moves', 'Taking back what the run changed, last first.')];
  if (!event.run?.endedAt) return [];
  const { word, tone } = RUN_WORDS[state];
  const text = `The run is over: ${word}${proof === null ? '' : `, ${proof}`}.`;
  return [ofRun(proof === 'failover not proven' ? 'asks' : tone, text)];
}

function ofRun(tone: Tone, text: string): Told {
  return { about: 'run', stepKey: null, tone, text };
}
