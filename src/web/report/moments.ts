import type { RunSnapshot } from '../../../workflows/contract.ts';
import { chainHead, EMPTY_HEAD } from '../../../workflows/journal/chain.ts';
import { afterEvent } from '../../../workflows/journal/changes.ts';
import { withWaiting } from '../../client/shown-run.ts';
import type { RunSight } from '../views/run-sight.ts';
import type { ReportDocument } from './report-document.ts';

/** The run as it was after each of its events. */
export class Moments {
  private readonly document: ReportDocument;
  private readonly snapshots: readonly RunSnapshot[];

  constructor(document: ReportDocument) {
    this.document = document;
    this.snapshots = snapshotsOf(document);
  }

  get count(): number {
    return this.snapshots.length;
  }

  /** What the views show of the moment after the event numbered `n`, from 1; of the last one without it. */
  sightAt(n: number = this.count): RunSight {
    const { events, plan, lengths } = this.document;
    const snapshot = this.snapshots[n - 1];
    const event = events[n - 1];
    if (!snapshot || !event) throw new RangeError(`The report has no event ${n}`);
    const isLast = n === this.count && snapshot.endedAt === null;
    return {
      run: withWaiting(snapshot, NOBODY_KNOWS),
      plan: snapshot.planHash === null ? null : plan,
      lengths,
      events: events.slice(0, n),
      nowMs: Date.parse(isLast ? lastMoment(this.document, event.at) : event.at),
    };
  }
}

/** A run that goes on has gone on until the report was made, one that was ended from outside until then. */
function lastMoment({ standing = 'not known', madeAt }: ReportDocument, lastAt: string): string {
  if (standing === 'goes on') return madeAt;
  return standing === 'not known' ? lastAt : standing.at;
}

/** What is tried again, only the server knew. */
const NOBODY_KNOWS: ReadonlyMap<string, never> = new Map<string, never>();

/** Each with the mark of the journal that it had then. */
function snapshotsOf({ events }: ReportDocument): readonly RunSnapshot[] {
  const snapshots: RunSnapshot[] = [];
  let head = EMPTY_HEAD;
  for (const event of events) {
    head = chainHead([event], head);
    snapshots.push({ ...afterEvent(snapshots.at(-1) ?? null, event), journal: { events: event.n, head } });
  }
  return snapshots;
}
