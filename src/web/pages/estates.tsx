import { estatesOf, type Estate, type ListedRun } from '../../client.ts';
import { LISTED_WORDS, UNSOUND, type RunWords } from '../../present/words.ts';
import { Moment } from '../views/moment.tsx';
import { Part } from '../views/part.tsx';

/** How each estate stands, by the last that was done to it and the last look at it. */
export function Estates({ runs }: { readonly runs: readonly ListedRun[] }) {
  return (
    <section aria-labelledby="estates">
      <h2 id="estates">Estates</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Estates">
        <table class="runs">
          <thead>
            <tr>
              <th scope="col">Site</th>
              <th scope="col">Last run</th>
              <th scope="col">Failover</th>
              <th scope="col">Last verification</th>
            </tr>
          </thead>
          <tbody>
            {estatesOf(runs).map((estate) => (
              <EstateRow estate={estate} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function EstateRow({ estate: { site, run, verification } }: { readonly estate: Estate }) {
  const id = `estate-${site}`;
  return (
    <Part id={id}>
      <tr id={id}>
        <th scope="row">
          <a href={`/?q=${encodeURIComponent(site)}`}>{site}</a>
        </th>
        <td data-column="Last run">
          {run !== null && (
            <>
              <a class={`badge ${LISTED_WORDS[run.state].tone}`} href={`/runs/${run.runId}/steps`}>
                {LISTED_WORDS[run.state].word}
              </a>{' '}
              <Moment iso={run.endedAt ?? run.startedAt} form="day" />
            </>
          )}
        </td>
        <td data-column="Failover">
          {run?.proof === 'failover proven' && <span class="badge good">proven</span>}
          {run?.proof === 'failover not proven' && <span class="badge asks">not proven</span>}
        </td>
        <td data-column="Last verification">
          {verification === null ? (
            <span class="about">never</span>
          ) : (
            <>
              <a class={`badge ${foundBy(verification).tone}`} href={`/runs/${verification.runId}/steps`}>
                {foundBy(verification).word}
              </a>{' '}
              <Moment iso={verification.endedAt ?? verification.startedAt} form="day" />
            </>
          )}
        </td>
      </tr>
    </Part>
  );
}

/** One that nobody can tell of has found nothing that is known, neither good nor bad. */
function foundBy({ isSound, state }: ListedRun): RunWords {
  if (isSound === null) return LISTED_WORDS[state];
  return isSound ? { word: 'all agrees', tone: 'good' } : { word: UNSOUND, tone: 'bad' };
}
