import type { Question, RunSnapshot } from '../../../workflows/contract.ts';
import type { RunEvent } from '../../../workflows/journal/event.ts';
import { INTERRUPTED_WORDS } from '../words.ts';
import { nameOf, sentence, type Passage, type Told } from './passage.ts';

const ASKING: Readonly<Record<Question['about'], string>> = {
  gate: 'Asked before it changes anything',
  restart: 'Asked about a restart',
  stuck: 'Asked what to do',
  undo: 'Asked about taking it back',
};

/** Put for the first time; what a stuck step asks is what it is stuck at, and told already. */
export function asked({ event, before, after }: Passage): readonly Told[] {
  const known = new Set(before?.questions.map(({ id }) => id));
  const stuck = new Set(
    event.steps?.flatMap(({ key, state, problem }) => (state === 'stuck' || problem ? [key] : [])),
  );
  return (event.asked ?? [])
    .filter(({ id, stepKey }) => !known.has(id) && !stuck.has(stepKey))
    .map((question) => ({
      about: 'question',
      stepKey: question.stepKey,
      tone: 'asks',
      text: questionInWords(question, after),
    }));
}

function questionInWords({ about, stepKey, seen, interrupts, window }: Question, run: RunSnapshot): string {
  const stops = interrupts.map((interrupted) => INTERRUPTED_WORDS[interrupted]);
  return sentence(
    `${ASKING[about]}: ${nameOf(stepKey, run)}`,
    ...seen,
    ...(stops.length === 0 ? [] : [`Interrupts ${stops.join(' and ')}`]),
    ...(window === null ? [] : [`Window: ${window}`]),
  );
}

/** Nothing about questions that were answered: the decisions tell that. */
export function withdrawn({ event, before, after }: Passage): readonly Told[] {
  const closed = new Set(event.closed);
  return (before?.questions ?? [])
    .filter((question) => closed.has(question.id) && !isAnswered(question, event, after))
    .map(({ stepKey, expiresAt }) => {
      const why = expiresAt !== null && expiresAt <= event.at ? 'its time was over' : 'the run ends';
      const text = `Question withdrawn, since ${why}: ${nameOf(stepKey, after)}.`;
      return { about: 'question', stepKey, tone: 'quiet', text };
    });
}

/** Any other answer settles it alone; approvals do once as many have agreed as it needs. */
function isAnswered({ id, needs }: Question, event: RunEvent, { decisions }: RunSnapshot): boolean {
  const taken = decisions.filter((made) => made.questionId === id && made.refused === null && !made.expired);
  if (taken.some(({ verdict }) => verdict !== 'approve')) return true;
  const now = new Set(event.decisions?.map((made) => made.id));
  const agreedNow = taken.filter((made) => now.has(made.id)).length;
  const missing = needs.reduce((sum, { count, given }) => sum + Math.max(0, count - given.length), 0);
  return taken.length > 0 && missing <= agreedNow;
}
