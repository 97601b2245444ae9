import { MESSAGES, type JournalMark } from '../../workflows/contract.ts';
import { chainHead, checkChain } from '../../workflows/journal/chain.ts';
import type { JournalPage, RunEvent } from '../../workflows/journal/event.ts';
import { describeRun, type RunRef } from './find-run.ts';
import { nullIfUnknown } from './journal.ts';
import { askRun, resultOf, type Sight } from './look-at-run.ts';

/** What somebody else than the owner of some events says of the chain over them. */
export interface HeadWitness {
  /** `run`: it answered itself; `result`: what it ended with, as the server keeps it; `record`: as the control worker kept it. */
  readonly from: 'run' | 'result' | 'record';
  /** The head at that number of events; null where the run has fewer. */
  readonly head: string | null;
}

/** Nobody knows, not even the folder's record, and why that does not. */
export interface NoWitness {
  readonly from: 'nobody';
  /** `behind`: the run went on after it; `broken`: the events that are kept do not lead to the head that it names. */
  readonly record: 'missing' | 'behind' | 'broken';
}

/**
 * Where the chain of a run stood after so many events, by whoever knows. What it ended with
 * comes before what a replay tells, since moments can differ in a replay: see `journalOf`.
 */
export async function journalHeadAt(
  sight: Sight,
  ref: RunRef,
  count: number,
): Promise<HeadWitness | NoWitness> {
  return (
    (await toldByResult(sight, ref, count)) ??
    (await toldByRun(sight, ref, count)) ??
    (await toldByRecord(sight.records, ref.runId, count))
  );
}

async function toldByRun({ link }: Sight, ref: RunRef, count: number): Promise<HeadWitness | null> {
  const page = await askRun<JournalPage>(link, ref, MESSAGES.journal, count + 1).catch(nullIfUnknown);
  return page && { from: 'run', head: page.count < count ? null : page.before };
}

/** A result names its last head; earlier ones follow from the events that are kept, where they lead to it. */
async function toldByResult(
  { link, records }: Sight,
  ref: RunRef,
  count: number,
): Promise<HeadWitness | null> {
  const ended = await resultOf(link, ref, await describeRun(link, ref));
  if (!ended?.journal) return null;
  return witnessOf('result', ended.journal, await records.events(ref.runId), count);
}

/** What the folder's records tell. */
export async function toldByRecord(
  records: Pick<Sight['records'], 'read' | 'events'>,
  runId: string,
  count: number,
): Promise<HeadWitness | NoWitness> {
  const snapshot = await records.read(runId);
  if (!snapshot?.journal) return { from: 'nobody', record: 'missing' };
  const { journal, endedAt } = snapshot;
  // A run that went on has more events than its record knew of.
  if (endedAt === null && journal.events < count) return { from: 'nobody', record: 'behind' };
  const events = await records.events(runId);
  return witnessOf('record', journal, events, count) ?? { from: 'nobody', record: 'broken' };
}

/** Null where the events do not lead to the head. */
function witnessOf(
  from: HeadWitness['from'],
  mark: JournalMark,
  events: readonly RunEvent[],
  count: number,
): HeadWitness | null {
  if (mark.events <= count) return { from, head: mark.events === count ? mark.head : null };
  const told = events.slice(0, mark.events);
  return checkChain(told, mark.head) === null ? { from, head: chainHead(told.slice(0, count)) } : null;
}
