import type { Visitor } from '../visitor.ts';
import { addressOfQuestion } from '../views/addresses.ts';
import { Moment } from '../views/moment.tsx';
import { Part } from '../views/part.tsx';
import { QuestionCard } from '../views/question-card.tsx';
import { RunHead } from '../views/run-head.tsx';
import type { RunSight } from '../views/run-sight.ts';
import { Layout } from './layout.tsx';

interface QuestionPageProps {
  readonly sight: RunSight;
  readonly questionId: string;
  readonly visitor: Visitor;
}

/** One question, as a notice of it links to: still open, or what became of it. */
export function QuestionPage({ sight, questionId, visitor }: QuestionPageProps) {
  const { run } = sight;
  const moving = {
    live: `/runs/${run.runId}/live?question=${encodeURIComponent(questionId)}`,
    self: addressOfQuestion(run.runId, questionId),
    isHeld: run.questions.some(({ id }) => id === questionId),
  };
  return (
    <Layout title={`${run.site}: a question`} visitor={visitor} {...(run.endedAt === null ? moving : {})}>
      <LiveQuestion sight={sight} questionId={questionId} visitor={visitor} />
    </Layout>
  );
}

/** What moves of the page. */
export function LiveQuestion({ sight, questionId, visitor }: QuestionPageProps) {
  const { run } = sight;
  const question = run.questions.find(({ id }) => id === questionId);
  const decisions = run.decisions.filter((decision) => decision.questionId === questionId);
  return (
    <div id="live">
      <RunHead {...sight} />
      <p>
        <a href={`/runs/${run.runId}/steps`}>All of the run</a>
      </p>
      {question ? (
        <Part id={`question-${question.id}`}>
          <QuestionCard question={question} sight={sight} visitor={visitor} />
        </Part>
      ) : (
        <p>
          <strong>This question is not open any more.</strong>{' '}
          {decisions.length === 0 && 'Nobody answered it: it was withdrawn, or its run is over.'}
        </p>
      )}
      {decisions.length > 0 && (
        <ul>
          {decisions.map(({ verdict, by, at, reason, refused }) => (
            <li>
              <Moment iso={at} form="day" /> {by} said <strong>{verdict}</strong>
              {reason !== '' && ` (${reason})`}
              {refused !== null && <span class="bad">; refused: {refused}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
