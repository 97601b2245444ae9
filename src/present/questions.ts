import type { About, Question, Verdict } from '../../workflows/contract.ts';
import type { ShownRun } from '../client/shown-run.ts';
import { bold, clockTime, dayAndTime, dim, toned, wrapped, type Style } from './style.ts';
import { ABOUT_WORDS, EXPIRY_WORDS, INTERRUPTED_WORDS, VERDICT_WORDS } from './words.ts';

/** A question with all that a person needs for the answer, and each answer as the command to type. */
export function presentQuestion(question: Question, run: ShownRun, style: Style): readonly string[] {
  const step = run.steps.find(({ key }) => key === question.stepKey);
  const subject = step ? `${step.title} (${step.host})` : question.stepKey;
  const stops = question.interrupts.map((interrupted) => INTERRUPTED_WORDS[interrupted]);
  return [
    `${toned('?', 'asks', style)} ${bold(subject, style)} ${ABOUT_WORDS[question.about]} ${dim(`since ${clockTime(question.askedAt)}`, style)}`,
    ...question.seen.flatMap((line) => wrapped(line, 4, style.width)),
    ...(stops.length > 0 ? [`    ${toned(`Interrupts ${stops.join(' and ')}.`, 'asks', style)}`] : []),
    ...changeControl(question).flatMap((line) => wrapped(line, 4, style.width)),
    ...answers(question, style),
  ];
}

/** Under which change, in which window, with whose consent, and until when. */
function changeControl({ ticket, window, needs, expiresAt, onExpiry }: Question): readonly string[] {
  return [
    ...(ticket === null ? [] : [`Change: ${ticket}.`]),
    ...(window === null ? [] : [`Window: ${window}.`]),
    ...(needs.length === 0 ? [] : [needsInWords(needs)]),
    ...(expiresAt === null
      ? []
      : [`If it is not settled by ${dayAndTime(expiresAt)}, ${EXPIRY_WORDS[onExpiry ?? 'withdrawn']}.`]),
  ];
}

function needsInWords(needs: Question['needs']): string {
  const wanted = needs.map(({ count, group }) => `${count} of ${group}`).join(' and ');
  const agreed = needs.flatMap(({ given }) => given);
  return `Needs ${wanted}${agreed.length === 0 ? '' : `; agreed so far: ${agreed.join(', ')}`}.`;
}

function answers({ offers, about, stepKey, needsReason }: Question, style: Style): readonly string[] {
  const needsWhy = (verdict: Verdict) =>
    verdict === 'reject' || (verdict === 'approve' && needsReason === true);
  const rows = offers.map((verdict) => ({
    words: meaning(verdict, about),
    command: style.command(`${verdict} ${stepKey}${needsWhy(verdict) ? ' --reason WHY' : ''}`),
  }));
  const longest = Math.max(...rows.map(({ command }) => command.length));
  return rows.map(({ words, command }) => {
    const padded = command.padEnd(longest);
    return `    ${toned(padded, 'moves', style)}  ${dim(words, style)}`;
  });
}

function meaning(verdict: Verdict, about: About): string {
  return VERDICT_WORDS[verdict][about];
}
