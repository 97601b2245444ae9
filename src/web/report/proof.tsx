import { counted } from '../../present/measures.ts';
import type { ShownRun } from '../../client/shown-run.ts';
import type { ReportDocument } from './report-document.ts';

interface ProofProps {
  readonly document: ReportDocument;
  readonly run: ShownRun;
}

/** What made and performed this, and how it is checked. */
export function Proof({ document, run }: ProofProps) {
  const { plan, maker, events, head } = document;
  return (
    <section id="proof" aria-labelledby="proof-title">
      <h2 id="proof-title">Versions and proof</h2>
      <dl class="proof">
        {run.change !== null && (
          <>
            <dt>Change</dt>
            <dd>
              {run.change.ticket} of {run.change.owner}, contact {run.change.contact}
            </dd>
          </>
        )}
        <dt>Performed by</dt>
        <dd>
          {plan === null ? (
            'not known, as its plan is not'
          ) : (
            <>
              ssis-ha {plan.build.version}, scripts <code>{plan.build.scripts}</code>
            </>
          )}
        </dd>
        <dt>Plan</dt>
        <dd>{run.planHash === null ? 'not made yet' : <code>{run.planHash}</code>}</dd>
        <dt>Report by</dt>
        <dd>
          ssis-ha {maker.version}, <code>{maker.digest}</code>
        </dd>
        <dt>Journal</dt>
        <dd>
          {counted(events.length, 'event')}, head <code>{head}</code>
        </dd>
      </dl>
      <p>
        The run recorded the head of the chain over its events. <code>ssis-ha verify-report FILE</code> finds
        each byte of this file that was changed, and, where the run can be asked, also events that were made
        up. What stands above follows from the events and the plan; the moment of making, for whom, the
        average lengths of earlier runs, and what became of a run whose journal has no end are the word of
        whoever made it.
      </p>
    </section>
  );
}
