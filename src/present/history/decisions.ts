import type { About, Decision, Verdict } from '../../../workflows/contract.ts';
import { because, nameOf, sentence, type Passage, type Told } from './passage.ts';

/** What people said, with their reasons, and whether it was taken. */
export function decided(passage: Passage): readonly Told[] {
  return (passage.event.decisions ?? []).map((decision) => ({
    about: 'decision',
    stepKey: decision.stepKey,
    tone: decision.refused === null ? 'moves' : 'bad',
    text: inWords(decision, passage),
  }));
}

function inWords(decision: Decision, passage: Passage): string {
  const { reason, refused } = decision;
  return sentence(
    `${saidOf(decision)}${objectOf(decision, passage)}`,
    ...because(reason),
    ...(refused === null ? stillNeeded(decision, passage) : [`Refused: ${refused}`]),
  );
}

function saidOf({ by, verdict, refused, expired, ahead }: Decision): string {
  if (expired) return `The question expired, ${verdict === 'undo' ? 'which undoes' : 'which stops'}`;
  const [taken, wanted] = VERBS[verdict];
  if (refused !== null) return `${by} wanted to ${wanted}`;
  return ahead === undefined ? `${by} ${taken}` : `${by} had ${taken} ahead of time`;
}

/** Taken, and only wanted. */
const VERBS: Readonly<Record<Verdict, readonly [string, string]>> = {
  approve: ['approved', 'approve'],
  reject: ['rejected', 'reject'],
  retry: ['said to retry', 'retry'],
  skip: ['said to skip', 'skip'],
  undo: ['said to undo', 'undo'],
  stop: ['said to stop', 'stop'],
};

const OBJECTS: Readonly<Record<About, (name: string) => string>> = {
  gate: (name) => `: ${name}`,
  restart: (name) => ` the restart for: ${name}`,
  stuck: (name) => `: ${name}`,
  undo: (name) => ` taking back: ${name}`,
};

function objectOf({ stepKey, questionId, verdict }: Decision, { before, after }: Passage): string {
  if (stepKey === null) return ' the whole run';
  const name = nameOf(stepKey, after);
  // Either ends the run, whatever the question was about.
  if (verdict === 'undo' || verdict === 'stop') return ` the whole run, asked at: ${name}`;
  const questions = [...(before?.questions ?? []), ...after.questions];
  const question = questions.find(({ id }) => id === questionId);
  return OBJECTS[question?.about ?? 'gate'](name);
}

/** Where several people must agree, one of them is not all. */
function stillNeeded({ questionId, verdict }: Decision, { after }: Passage): readonly string[] {
  const question = after.questions.find(({ id }) => id === questionId);
  if (verdict !== 'approve' || !question || question.needs.every(isMet)) return [];
  return [
    `So far ${question.needs.map(({ given, count, group }) => `${given.length} of ${count} of ${group}`).join(', ')}`,
  ];
}

function isMet({ given, count }: { readonly given: readonly string[]; readonly count: number }): boolean {
  return given.length >= count;
}
