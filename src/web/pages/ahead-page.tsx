import {
  CHANGE_KINDS,
  type AheadApproval,
  type ChangeKind,
  type PlannedStep,
} from '../../../workflows/contract.ts';
import type { ShownRun } from '../../client/shown-run.ts';
import { refusalFor, type Visitor } from '../visitor.ts';
import { Moment } from '../views/moment.tsx';
import { RunHead } from '../views/run-head.tsx';
import type { RunSight } from '../views/run-sight.ts';
import { Layout } from './layout.tsx';
import { Refused } from './refused.tsx';

/** What somebody wrote into the form, as it was sent. */
export interface WrittenAhead {
  readonly steps: readonly string[];
  readonly kinds: readonly ChangeKind[];
  readonly from: string;
  readonly until: string;
  readonly reason: string;
}

const NOTHING_WRITTEN: WrittenAhead = { steps: [], kinds: [], from: '', until: '', reason: '' };

interface AheadPageProps {
  readonly sight: RunSight;
  readonly visitor: Visitor;
  /** Why the run did not take it. */
  readonly refused?: string | null;
  /** What it did not take. */
  readonly written?: WrittenAhead;
}

/** What was approved before it is asked, and a form to approve more. */
export function AheadPage({ sight, visitor, refused = null, written = NOTHING_WRITTEN }: AheadPageProps) {
  const { run } = sight;
  return (
    <Layout title={`${run.site}: approvals ahead of time`} visitor={visitor}>
      <Refused why={refused} />
      <RunHead {...sight} />
      <p>
        <a href={`/runs/${run.runId}/steps`}>Back to the run</a>
      </p>
      <h2>Approvals ahead of time</h2>
      <p>
        What a run will ask can be approved before it does: for this very plan, between two moments. It counts
        as your approval, by the same rules. It never covers objects that were there before, warnings, steps
        that are stuck, or undo.
      </p>
      <Given approvals={run.ahead ?? []} runId={run.runId} visitor={visitor} />
      <More sight={sight} visitor={visitor} written={written} />
    </Layout>
  );
}

interface GivenProps {
  readonly approvals: readonly AheadApproval[];
  readonly runId: string;
  readonly visitor: Visitor;
}

function Given({ approvals, runId, visitor }: GivenProps) {
  if (approvals.length === 0) return <p>Nobody has approved anything of this run ahead of time.</p>;
  const refusal = refusalFor(visitor, 'approve');
  return (
    <ul class="given">
      {approvals.map(({ id, by, steps, kinds, from, until, reason, uses, withdrawn }) => (
        <li>
          <strong>{by}</strong>: {[...steps, ...kinds].join(', ')}
          <p>
            <Moment iso={from} form="day" /> to <Moment iso={until} form="day" />
            {reason !== '' && `: ${reason}`}
          </p>
          <p>
            {uses.length === 0
              ? 'Not used yet.'
              : `Used for ${uses.map(({ stepKey }) => stepKey).join(', ')}.`}
          </p>
          {withdrawn === null ? (
            <form method="post" action={`/runs/${runId}/withdraw-ahead`}>
              <input type="hidden" name="id" value={id} />
              <button type="submit" disabled={refusal !== null}>
                Withdraw
              </button>
            </form>
          ) : (
            <p class="asks">
              Withdrawn <Moment iso={withdrawn.at} form="day" /> by {withdrawn.by}.
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

type MoreProps = Required<Pick<AheadPageProps, 'sight' | 'visitor' | 'written'>>;

/** The form, or why there is none. */
function More({ sight, visitor, written }: MoreProps) {
  const { run, plan } = sight;
  if (run.endedAt !== null) return <p>The run is over.</p>;
  if (plan === null) {
    return (
      <p>
        The plan of the run is not known now: it is being made, or the server does not tell it. Load this page
        again in a while.
      </p>
    );
  }
  const most = plan.consent.ahead?.maxHours ?? null;
  if (most === null)
    return <p>The site file lets nobody approve ahead of time: it has no approvals.ahead.</p>;
  // What a check asks about, it finds then: no run takes an approval of that before.
  const steps = plan.steps.filter(
    ({ key, kind, asks }) => kind === 'change' && asks !== 'never' && isToCome(key, run),
  );
  return <AheadForm run={run} steps={steps} visitor={visitor} written={written} mostHours={most} />;
}

function isToCome(key: string, { steps }: ShownRun): boolean {
  return steps.some((step) => step.key === key && (step.state === 'pending' || step.state === 'asking'));
}

interface FormProps {
  readonly run: ShownRun;
  readonly steps: readonly Pick<PlannedStep, 'key' | 'title' | 'host'>[];
  readonly visitor: Visitor;
  readonly written: WrittenAhead;
  readonly mostHours: number;
}

function AheadForm({ run, steps, visitor, written, mostHours }: FormProps) {
  const refusal = refusalFor(visitor, 'approve');
  return (
    <form method="post" action={`/runs/${run.runId}/approve-ahead`} class="answer">
      <input type="hidden" name="planHash" value={run.planHash ?? ''} />
      <input type="hidden" name="zone" value="UTC" data-zone />
      <fieldset>
        <legend>Steps that ask</legend>
        {steps.map(({ key, title, host }) => (
          <label class="choice">
            <input type="checkbox" name="steps" value={key} checked={written.steps.includes(key)} /> {title}{' '}
            <span class="host">{host}</span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>or kinds of change</legend>
        {CHANGE_KINDS.filter((kind) => kind !== 'existing-object').map((kind) => (
          <label class="choice">
            <input type="checkbox" name="kinds" value={kind} checked={written.kinds.includes(kind)} /> {kind}
          </label>
        ))}
      </fieldset>
      <p>
        <label for="from">From</label>{' '}
        <input id="from" name="from" type="datetime-local" value={written.from} />{' '}
        <label for="until">until</label>{' '}
        <input id="until" name="until" type="datetime-local" value={written.until} required /> in{' '}
        <span data-zone-name>UTC</span>; at most {mostHours} hours
      </p>
      <label for="reason">Reason</label>
      <textarea id="reason" name="reason" rows={2} maxlength={500} required>
        {written.reason}
      </textarea>
      <div class="buttons">
        <button type="submit" class="offer approve" disabled={refusal !== null}>
          <b>approve ahead of time</b> <small>let it go on without asking you then</small>
        </button>
      </div>
      {refusal !== null && <p class="refusal">{refusal}</p>}
    </form>
  );
}
