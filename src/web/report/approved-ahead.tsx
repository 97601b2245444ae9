import type { AheadApproval, RunSnapshot } from '../../../workflows/contract.ts';
import { nameOf } from '../../present/history/passage.ts';
import { Moment } from '../views/moment.tsx';

interface ApprovedAheadProps {
  readonly approvals: readonly AheadApproval[];
  readonly run: Pick<RunSnapshot, 'steps'>;
}

/** What people approved before it was asked, for which questions it counted, and what was taken back; nothing where nobody did. */
export function ApprovedAhead({ approvals, run }: ApprovedAheadProps) {
  if (approvals.length === 0) return null;
  return (
    <section id="approved-ahead" aria-labelledby="approved-ahead-title">
      <h2 id="approved-ahead-title">Approved ahead of time</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Table of what was approved ahead of time">
        <table class="decisions">
          <thead>
            <tr>
              <th scope="col">Given</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">From</th>
              <th scope="col">Until</th>
              <th scope="col">Why</th>
              <th scope="col">Counted for</th>
              <th scope="col">Withdrawn</th>
            </tr>
          </thead>
          <tbody>
            {approvals.map((approval) => (
              <Row approval={approval} run={run} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface RowProps {
  readonly approval: AheadApproval;
  readonly run: ApprovedAheadProps['run'];
}

function Row({ approval, run }: RowProps) {
  const { givenAt, by, steps, kinds, from, until, reason, uses, withdrawn } = approval;
  return (
    <tr>
      <td>
        <Moment iso={givenAt} form="day" />
      </td>
      <th scope="row">{by}</th>
      <td>{[...steps.map((key) => nameOf(key, run)), ...kinds].join(', ')}</td>
      <td>
        <Moment iso={from} form="day" />
      </td>
      <td>
        <Moment iso={until} form="day" />
      </td>
      <td>{reason}</td>
      <td>
        {uses.length === 0
          ? 'no question'
          : uses.map(({ stepKey, about, at }, index) => (
              <>
                {index > 0 && ', '}
                {about === 'restart' && 'the restart for '}
                {nameOf(stepKey, run)} <Moment iso={at} form="day" />
              </>
            ))}
      </td>
      <td>
        {withdrawn === null ? (
          'no'
        ) : (
          <>
            <Moment iso={withdrawn.at} form="day" /> by {withdrawn.by}
            {withdrawn.reason !== '' && `: ${withdrawn.reason}`}
          </>
        )}
      </td>
    </tr>
  );
}
