import type { ListedRun } from '../../client.ts';
import { duration } from '../../present/measures.ts';
import { ABOUT_WORDS, LISTED_WORDS, STEP_WORDS, UNSOUND } from '../../present/words.ts';
import type { Visitor } from '../visitor.ts';
import { addressOfQuestion } from '../views/addresses.ts';
import { Moment } from '../views/moment.tsx';
import { Part } from '../views/part.tsx';
import { Estates } from './estates.tsx';
import { Layout } from './layout.tsx';

interface RunsPageProps {
  readonly runs: readonly ListedRun[];
  readonly search: string;
  readonly visitor: Visitor;
}

/** All runs, those that wait for an answer first. */
export function RunsPage({ runs, search, visitor }: RunsPageProps) {
  const query = `?q=${encodeURIComponent(search)}`;
  return (
    <Layout title="Runs" visitor={visitor} live={`/live${query}`} self={`/${query}`}>
      <h1 class="plain">Runs</h1>
      <form method="get" action="/" class="search" role="search">
        <label for="q">Search</label>
        <input id="q" name="q" type="search" value={search} placeholder="site, state, person, run id" />
        <button type="submit">Search</button>
      </form>
      <LiveRuns runs={runs} search={search} />
    </Layout>
  );
}

/** What moves of the page. */
export function LiveRuns({ runs, search }: Pick<RunsPageProps, 'runs' | 'search'>) {
  const found = runs.filter((run) => isMeant(run, search));
  const inOrder = found.toSorted((one, other) => Number(other.questions > 0) - Number(one.questions > 0));
  return (
    <div id="live">
      <Waiting runs={found} />
      {search === '' && runs.length > 0 && <Estates runs={runs} />}
      {inOrder.length === 0 ? <NoRuns search={search} /> : <RunsTable runs={inOrder} search={search} />}
    </div>
  );
}

/** What waits for a person, in whichever run, what is stuck first. */
function Waiting({ runs }: { readonly runs: readonly ListedRun[] }) {
  const asked = runs
    .flatMap(({ asks, site, runId }) => asks.map((ask) => ({ ...ask, site, runId })))
    .toSorted((one, other) => Number(other.about === 'stuck') - Number(one.about === 'stuck'));
  if (asked.length === 0) return null;
  return (
    <section aria-labelledby="waiting" class="waiting">
      <h2 id="waiting">Waiting for an answer</h2>
      <ul>
        {asked.map(({ questionId, title, host, about, askedAt, site, runId }) => (
          <li class={about === 'stuck' ? 'bad' : 'asks'}>
            <span aria-hidden="true">
              {about === 'stuck' ? STEP_WORDS.stuck.symbol : STEP_WORDS.asking.symbol}
            </span>{' '}
            <a href={addressOfQuestion(runId, questionId)}>{title}</a> ({host}) {ABOUT_WORDS[about]}
            <span class="about">
              {' '}
              · {site} · since <Moment iso={askedAt} form="day" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoRuns({ search }: { readonly search: string }) {
  if (search !== '') return <p class="empty">No run matches “{search}”.</p>;
  return (
    <p class="empty">
      There is no run yet. <a href="/new">Start one</a>.
    </p>
  );
}

function isMeant(run: ListedRun, search: string): boolean {
  const { site, state, startedBy, runId, workflowId, mode } = run;
  const text = [site, state, LISTED_WORDS[state].word, startedBy, runId, workflowId, mode]
    .join(' ')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function RunsTable({ runs, search }: Pick<RunsPageProps, 'runs' | 'search'>) {
  return (
    <section aria-labelledby="all">
      <h2 id="all">{search === '' ? 'All runs' : `Runs that match “${search}”`}</h2>
      <div class="scroll" tabindex={0} role="region" aria-labelledby="all">
        <table class="runs">
          <thead>
            <tr>
              <th scope="col">Site</th>
              <th scope="col">State</th>
              <th scope="col">Waits for</th>
              <th scope="col">Started</th>
              <th scope="col">By</th>
              <th scope="col">Took</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <RunRow run={run} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function RunRow({ run }: { readonly run: ListedRun }) {
  const { word, tone } = LISTED_WORDS[run.state];
  const id = `run-${run.runId}`;
  return (
    <Part id={id}>
      <tr id={id} class={run.questions > 0 ? 'waits' : ''}>
        <th scope="row">
          <a href={`/runs/${run.runId}/steps`}>{run.site}</a> <span class="mode">{run.mode}</span>
        </th>
        <td>
          <span class={`badge ${tone}`}>{word}</span>
          {run.isSound === false && <span class="badge bad">{UNSOUND}</span>}
        </td>
        <td data-column="Waits for">
          {run.asks.slice(0, 1).map(({ title, host }) => (
            <a href={`/runs/${run.runId}/steps#questions`}>
              {title} ({host})
            </a>
          ))}
          {run.questions > 1 && ` and ${run.questions - 1} more`}
        </td>
        <td data-column="Started">
          <Moment iso={run.startedAt} form="day" />
        </td>
        <td data-column="By">{run.startedBy}</td>
        <td data-column="Took">
          {run.endedAt !== null && duration(Date.parse(run.startedAt), Date.parse(run.endedAt))}
        </td>
      </tr>
    </Part>
  );
}
