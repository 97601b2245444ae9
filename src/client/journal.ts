import { QueryNotRegisteredError, WorkflowNotFoundError } from '@temporalio/client';
import { OperatorError } from '../../activities/failures.ts';
import { MESSAGES, type RunSnapshot } from '../../workflows/contract.ts';
import { chainHead, checkChain } from '../../workflows/journal/chain.ts';
import type { JournalPage, RunEvent } from '../../workflows/journal/event.ts';
import { describeRun, type RunRef } from './find-run.ts';
import { askRun, lookAtRun, resultOf, type Sight } from './look-at-run.ts';

/** What happened in a run, and what the run itself recorded of that. */
export interface Journal {
  /** In their order, from the one that was asked for on. */
  readonly events: readonly RunEvent[];
  /** Where the chain stood before the first of `events`; `checkChain` goes on from here. */
  readonly before: { readonly events: number; readonly head: string };
  /**
   * How many events the run has in all, and the head of the chain over them, as the run recorded it: where `events`
   * come from a record of a run that is over, as the server keeps it, if it knows the run yet.
   */
  readonly count: number;
  readonly head: string;
  /** `run`: it answered itself; `record`: as the control worker kept it. */
  readonly from: 'run' | 'record';
}

/**
 * The events of a run, all or from one on. Of a run that is over they are those whose head is its result, where
 * they were kept: the workflow's own time differs in a replay where a task of the workflow had to be tried again
 * [tried], so that a replay can tell other moments than the run recorded. A reader whose own chain does not end
 * with `before` read what the server never took, since its worker died in that moment: it reads all again. Throws an
 * OperatorError where nothing is kept.
 */
export async function journalOf(sight: Sight, ref: RunRef, from = 1): Promise<Journal> {
  const { link, records } = sight;
  const ended = await resultOf(link, ref, await describeRun(link, ref));
  const kept = ended === null ? null : wholeOf(ended, await records.events(ref.runId));
  if (ended !== null && kept !== null) return recordedJournal(ended, kept, from);
  const asked = await askedOf(sight, ref, from);
  if (asked !== null) return asked;
  // Whoever changes the files of a folder can change both events and record, and not what the server keeps.
  const recorded = ended ?? (await records.read(ref.runId)) ?? (await lookAtRun(sight, ref)).run;
  return recordedJournal(recorded, await records.events(ref.runId), from);
}

/** The events, where they lead to the head that the run ended with. */
function wholeOf({ journal }: RunSnapshot, events: readonly RunEvent[]): readonly RunEvent[] | null {
  if (journal === undefined) return null;
  return checkChain(events.slice(0, journal.events), journal.head) === null ? events : null;
}

/** Null where nobody is there who could answer for the run. */
async function askedOf(sight: Sight, ref: RunRef, from: number): Promise<Journal | null> {
  const pageFrom = (first: number) =>
    askRun<JournalPage>(sight.link, ref, MESSAGES.journal, first).catch(nullIfUnknown);
  const events: RunEvent[] = [];
  let before: Journal['before'] | null = null;
  for (;;) {
    const page = await pageFrom(from + events.length);
    if (page === null) return null;
    // A worker that died in between may have told what the server never took.
    if (before && chainHead(events, before.head) !== page.before) return askedOf(sight, ref, from);
    before ??= { events: Math.min(from - 1, page.count), head: page.before };
    events.push(...page.events);
    const { count, head } = page;
    // A run that goes on may have grown from page to page.
    if (page.events.length === 0 || (events.at(-1)?.n ?? 0) >= count) {
      return { events, before, count, head, from: 'run' };
    }
  }
}

/** A server that forgot the run, or a control worker of a build before there were journals. */
export function nullIfUnknown(error: unknown): null {
  if (error instanceof WorkflowNotFoundError || error instanceof QueryNotRegisteredError) return null;
  throw error;
}

/** What a record and its events tell; an event behind the last that the record names may be taken back yet. */
export function recordedJournal(
  { journal, runId, workflowId }: Pick<RunSnapshot, 'journal' | 'runId' | 'workflowId'>,
  events: readonly RunEvent[],
  from: number,
): Journal {
  if (journal === undefined) {
    throw new OperatorError(
      `Run ${runId} of ${workflowId} has no journal: an earlier version performed it`,
      'Look at how it ended: ssis-ha status',
    );
  }
  const told = events.slice(0, journal.events);
  const first = Math.min(from - 1, told.length);
  const before = { events: first, head: chainHead(told.slice(0, first)) };
  return { events: told.slice(first), before, count: journal.events, head: journal.head, from: 'record' };
}
