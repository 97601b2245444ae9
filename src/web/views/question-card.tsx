import type { Question, Verdict } from '../../../workflows/contract.ts';
import { ABOUT_WORDS, EXPIRY_WORDS, INTERRUPTED_WORDS, VERDICT_WORDS } from '../../present/words.ts';
import { undoInWords } from '../../present/planned-step.ts';
import { refusalFor, type Visitor } from '../visitor.ts';
import { addressOfQuestion } from './addresses.ts';
import { Moment } from './moment.tsx';
import type { RunSight } from './run-sight.ts';

interface CardProps {
  readonly question: Question;
  readonly sight: RunSight;
  /** Null where nobody can answer: in a report. */
  readonly visitor: Visitor | null;
  /** Begins as its title alone. */
  readonly isFolded?: boolean;
}

/** A question as a form: what will happen, what it interrupts, what was seen, how it is taken back. */
export function QuestionCard({ question, sight, visitor, isFolded = false }: CardProps) {
  const step = sight.run.steps.find(({ key }) => key === question.stepKey);
  const planned = sight.plan?.steps.find(({ key }) => key === question.stepKey);
  const stops = question.interrupts.map((interrupted) => INTERRUPTED_WORDS[interrupted]);
  const id = `question-${question.id}`;
  return (
    <article
      id={id}
      class={`question ${question.about === 'stuck' ? 'bad' : 'asks'}`}
      aria-labelledby={`${id}-title`}
    >
      <details open={!isFolded}>
        <summary>
          <h3 id={`${id}-title`}>
            {step?.title ?? question.stepKey} <span class="host">{step?.host}</span>
          </h3>
        </summary>
        <p class="about">
          It {ABOUT_WORDS[question.about]}, since <Moment iso={question.askedAt} form="day" />.{' '}
          {visitor !== null && (
            <a href={addressOfQuestion(sight.run.runId, question.id)}>Link to this question</a>
          )}
        </p>
        {step?.problem ? (
          <>
            <p class="problem">{step.problem.message}</p>
            <p class="advice">{step.problem.advice}</p>
          </>
        ) : (
          planned && <p class="why">{planned.why}</p>
        )}
        <dl>
          <Facts title="Seen" lines={question.seen.filter((line) => !isSaid(line, step?.problem ?? null))} />
          {stops.length > 0 && <Facts title="Interrupts" lines={[stops.join(' and ')]} />}
          {planned && question.about !== 'stuck' && <Facts title="Undo" lines={undoInWords(planned.undo)} />}
          {question.ticket !== null && <Facts title="Change" lines={[question.ticket]} />}
          {question.window !== null && <Facts title="Window" lines={[question.window]} />}
          {question.needs.length > 0 && <Facts title="Needs" lines={question.needs.map(needInWords)} />}
          {question.expiresAt !== null && (
            <>
              <dt>Expires</dt>
              <dd>
                If it is not settled by <Moment iso={question.expiresAt} form="day" />,{' '}
                {EXPIRY_WORDS[question.onExpiry ?? 'withdrawn']}. Silence is never a yes.
              </dd>
            </>
          )}
        </dl>
        {visitor === null ? (
          <p class="about">Answers that it takes: {question.offers.join(', ')}.</p>
        ) : (
          <AnswerForm question={question} sight={sight} visitor={visitor} />
        )}
      </details>
    </article>
  );
}

/** A problem that is told above need not be told again. */
function isSaid(
  line: string,
  problem: { readonly message: string; readonly advice: string } | null,
): boolean {
  return problem !== null && (line === problem.message || line === problem.advice);
}

function Facts({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <dt>{title}</dt>
      {lines.map((line) => (
        <dd>{line}</dd>
      ))}
    </>
  );
}

function needInWords({ count, group, given }: Question['needs'][number]): string {
  const agreed = given.length === 0 ? 'nobody yet' : given.join(', ');
  return `${count} of ${group}; agreed: ${agreed}`;
}

/** For which of the answers that are offered a reason is needed. */
function reasonInWords({ offers, needsReason }: Question): string {
  const needing = offers.filter((offer) => offer === 'reject' || (offer === 'approve' && needsReason));
  return needing.length === 0 ? 'Reason' : `Reason (needed to ${needing.join(' or ')})`;
}

/** Every answer that is offered; one that this person may not give says why. */
function AnswerForm({ question, sight, visitor }: CardProps & { readonly visitor: Visitor }) {
  const { run } = sight;
  const reasonId = `reason-${question.id}`;
  const refusals = [...new Set(question.offers.flatMap((offer) => refusalFor(visitor, offer) ?? []))];
  return (
    <form method="post" action={`/runs/${run.runId}/answer`} class="answer">
      <input type="hidden" name="stepKey" value={question.stepKey} />
      <input type="hidden" name="questionId" value={question.id} />
      <input type="hidden" name="planHash" value={run.planHash ?? ''} />
      <label for={reasonId}>{reasonInWords(question)}</label>
      <textarea id={reasonId} name="reason" rows={2} maxlength={500} />
      <div class="buttons">
        {question.offers.map((offer) => (
          <Offer offer={offer} question={question} visitor={visitor} />
        ))}
      </div>
      {selfApproval(sight, visitor, question) !== null && (
        <p class="refusal">{selfApproval(sight, visitor, question)}</p>
      )}
      {refusals.map((why) => (
        <p class="refusal">{why}</p>
      ))}
    </form>
  );
}

function Offer({
  offer,
  question,
  visitor,
}: {
  readonly offer: Verdict;
  readonly question: Question;
  readonly visitor: Visitor;
}) {
  const refused = refusalFor(visitor, offer);
  return (
    <button type="submit" name="verdict" value={offer} class={`offer ${offer}`} disabled={refused !== null}>
      <b>{offer}</b> <small>{VERDICT_WORDS[offer][question.about]}</small>
    </button>
  );
}

/** Told beforehand; it is the run that refuses it. */
function selfApproval({ run, plan }: RunSight, { name }: Visitor, { offers }: Question): string | null {
  if (plan === null || plan.selfApproval || !offers.includes('approve')) return null;
  if (run.startedBy.toLowerCase() !== name.toLowerCase()) return null;
  return `${name} started this run, and this site lets nobody approve what they started: somebody else must.`;
}
