import { counted, duration } from '../../present/measures.ts';
import { undoInWords } from '../../present/planned-step.ts';
import { chapterTitle, STEP_WORDS } from '../../present/words.ts';
import type { ShownRun } from '../../client/shown-run.ts';
import type { PlannedStep } from '../../../workflows/contract.ts';
import { Moment } from '../views/moment.tsx';
import { evidenceOfSteps, type StepEvidence } from './evidence-of-steps.ts';
import { FactsTold, FindingsTold, TruthTold, WarningsTold } from './told.tsx';
import type { ReportDocument } from './report-document.ts';

interface EvidenceProps {
  readonly document: ReportDocument;
  readonly run: ShownRun;
}

/** Each step with all that was seen, done and said of it. */
export function Evidence({ document: { events, plan }, run }: EvidenceProps) {
  const all = evidenceOfSteps(events);
  const planned = new Map(plan?.steps.map((step) => [step.key, step]));
  const chapters = [...new Set(run.steps.map(({ chapter }) => chapter))];
  return (
    <section id="evidence" class="evidence" aria-labelledby="evidence-title">
      <h2 id="evidence-title">Evidence of each step</h2>
      {all.length === 0 && <p class="empty">The run had no plan yet.</p>}
      {chapters.map((chapter) => (
        <>
          <h3>
            {chapter} {chapterTitle(chapter)}
          </h3>
          {all
            .filter(({ step }) => step.chapter === chapter)
            .map((evidence) => (
              <StepTold evidence={evidence} planned={planned.get(evidence.step.key) ?? null} />
            ))}
        </>
      ))}
    </section>
  );
}

interface StepProps {
  readonly evidence: StepEvidence;
  /** Null where the plan is not known. */
  readonly planned: PlannedStep | null;
}

function StepTold({ evidence, planned }: StepProps) {
  const { step, decisions } = evidence;
  const { symbol, tone, word } = STEP_WORDS[step.state];
  const id = `evidence-${step.key}`;
  return (
    <article id={id} aria-labelledby={`${id}-title`}>
      <h4 id={`${id}-title`}>
        <span class={`symbol ${tone}`} aria-hidden="true">
          {symbol}
        </span>{' '}
        {step.title} <span class="host">{step.host}</span> <span class={tone}>{word}</span>{' '}
        <code class="id">{step.id}</code>
      </h4>
      <dl>
        <Course evidence={evidence} />
        <Missed evidence={evidence} />
        <Problems evidence={evidence} />
        {decisions.length > 0 && <dt>Decided</dt>}
        {decisions.map(({ at, by, verdict, reason, refused, expired, ahead }) => (
          <dd>
            <Moment iso={at} /> {by}: {verdict}
            {reason !== '' && `, ${reason}`}
            {ahead !== undefined && '; given ahead of time'}
            {expired && '; expired'}
            {refused !== null && <span class="bad">; refused: {refused}</span>}
          </dd>
        ))}
        <FactsTold seen={step.seen ?? null} />
        <FindingsTold findings={step.findings ?? []} />
        <TruthTold cells={step.truth ?? []} />
        <WarningsTold warnings={step.warnings ?? []} />
        {step.window !== undefined && <Line title="Window" text={step.window} />}
        <Outcome evidence={evidence} planned={planned} />
      </dl>
    </article>
  );
}

function Line({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{text}</dd>
    </>
  );
}

/** The states that it went through. */
function Course({ evidence: { step, passed } }: { readonly evidence: StepEvidence }) {
  const course = passed.filter(({ state }) => state !== 'pending');
  if (course.length === 0) return null;
  const { tries, startedAt, endedAt } = step;
  return (
    <>
      <dt>Course</dt>
      <dd>
        {course.map(({ at, state }, index) => (
          <>
            {index > 0 && ' → '}
            <span class="passed">
              {STEP_WORDS[state].word} <Moment iso={at} />
            </span>
          </>
        ))}
        {tries > 1 && `; ${counted(tries, 'try', 'tries')}`}
        {startedAt !== null &&
          endedAt !== null &&
          `; took ${duration(Date.parse(startedAt), Date.parse(endedAt))}`}
      </dd>
    </>
  );
}

function Missed({ evidence: { missed } }: { readonly evidence: StepEvidence }) {
  if (missed.length === 0) return null;
  return (
    <>
      <dt>Missing</dt>
      {missed.map(({ at, content }) => (
        <dd>
          <Moment iso={at} /> {content.join(' · ')}
        </dd>
      ))}
    </>
  );
}

function Problems({ evidence: { problems } }: { readonly evidence: StepEvidence }) {
  if (problems.length === 0) return null;
  return (
    <>
      <dt>Problems</dt>
      {problems.map(({ at, content: { message, advice } }) => (
        <dd>
          <Moment iso={at} /> <span class="bad">{message}</span> {advice}
        </dd>
      ))}
    </>
  );
}

/** What came of it, and how that is taken back. */
function Outcome({ evidence: { step, missed }, planned }: StepProps) {
  const { state, endedAt } = step;
  const isLeft = state === 'changed' || state === 'kept';
  return (
    <>
      {state === 'changed' && missed.length > 0 && endedAt !== null && (
        <>
          <dt>Changed</dt>
          <dd>
            What was missing is in place, as seen at <Moment iso={endedAt} />.
          </dd>
        </>
      )}
      {isLeft && planned?.kind === 'change' && (
        <>
          <dt>Undo</dt>
          {undoInWords(planned.undo).map((line) => (
            <dd>{line}</dd>
          ))}
        </>
      )}
    </>
  );
}
