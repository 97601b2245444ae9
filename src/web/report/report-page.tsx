import { raw } from 'hono/html';
import { RUN_WORDS } from '../../present/words.ts';
import { Moment } from '../views/moment.tsx';
import type { RunSight } from '../views/run-sight.ts';
import { VIEWS } from '../views/views.ts';
import { ApprovedAhead } from './approved-ahead.tsx';
import { Decisions } from './decisions.tsx';
import { Evidence } from './evidence.tsx';
import { MomentHead, MomentView, VIEW_NAMES, viewIdOf } from './moment-views.tsx';
import { Proof } from './proof.tsx';
import { embedded, type ReportDocument, type Standing } from './report-document.ts';
import { Restarts } from './restarts.tsx';
import { Scrubber } from './scrubber.tsx';

export interface ReportPageProps {
  readonly document: ReportDocument;
  /** The last moment. */
  readonly sight: RunSight;
  readonly style: string;
  readonly script: string;
  readonly policy: string;
}

/** A report as one page that needs nothing else: the last moment as it stands here, every other by its script. */
export function ReportPage({ document, sight, style, script, policy }: ReportPageProps) {
  const { run } = sight;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{`Report of ${run.site}, ${run.startedAt.slice(0, 10)} · ssis-ha`}</title>
        <style>{raw(style)}</style>
      </head>
      <body class="report">
        <a class="skip" href="#main">
          To the content
        </a>
        <header class="top">
          <span class="brand">ssis-ha</span>
          <span>Report of a run</span>
          <span class="grow" />
          <span id="zone" class="zone">
            Times in UTC
          </span>
        </header>
        <main id="main">
          <Made document={document} sight={sight} />
          <Scrubber document={document} />
          <MomentHead sight={sight} />
          <Contents />
          {VIEW_NAMES.map((name) => (
            <MomentView name={name} sight={sight} />
          ))}
          <Decisions decisions={run.decisions} steps={run.steps} events={document.events} />
          <ApprovedAhead approvals={run.ahead ?? []} run={run} />
          <Restarts restarts={run.restarts ?? []} />
          <Evidence document={document} run={run} />
          <Proof document={document} run={run} />
        </main>
        {raw(embedded(document))}
        <script>{raw(script)}</script>
      </body>
    </html>
  );
}

function Made({ document, sight: { run } }: Pick<ReportPageProps, 'document' | 'sight'>) {
  return (
    <p class="made">
      Run <code>{run.runId}</code> of <code>{run.workflowId}</code>. Report made{' '}
      <Moment iso={document.madeAt} form="day" /> for {document.madeBy}.
      {run.endedAt === null && <Unended standing={document.standing ?? 'not known'} />}
    </p>
  );
}

/** The journal of such a run cannot say what became of it. */
function Unended({ standing }: { readonly standing: Standing }) {
  if (standing === 'goes on') {
    return (
      <>
        {' '}
        <strong>The run goes on:</strong> this is how it stood then.
      </>
    );
  }
  return (
    <>
      {' '}
      <strong>The journal has no end:</strong>{' '}
      {standing === 'not known' ? (
        'the run went on then, or was ended by the means of its server. '
      ) : (
        <>
          the run was ended by the means of its server (<em>{RUN_WORDS[standing.state].word}</em>){' '}
          <Moment iso={standing.at} form="day" />, as the server told whoever made this.{' '}
        </>
      )}
      This is how it stood last.
    </>
  );
}

function Contents() {
  return (
    <nav class="views" aria-label="Contents">
      {VIEW_NAMES.map((name) => (
        <a href={`#${viewIdOf(name)}`}>{VIEWS[name].title}</a>
      ))}
      <a href="#decisions">Decisions</a>
      <a href="#evidence">Evidence</a>
      <a href="#proof">Proof</a>
    </nav>
  );
}
