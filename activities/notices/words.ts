import type { ExpiryVerdict, Notice, NoticedQuestion } from '../../workflows/contract.ts';

/** A notice as a person reads it. Each text is one line, whatever stood in it. */
export interface NoticeWords {
  readonly title: string;
  readonly lines: readonly string[];
}

export function noticeWords(notice: Notice): NoticeWords {
  const { question } = notice;
  return {
    title: oneLine(titleOf(notice)),
    lines: [...(question ? questionLines(question) : []), ...runLines(notice)].map(oneLine),
  };
}

function titleOf({ event, site, state, proof, question }: Notice): string {
  if (question === null) return `${site}: ${state}${proof === null ? '' : `, ${proof}`}`;
  return `${site} ${event === 'question' ? 'asks' : 'is stuck'}: ${question.title} (${question.host})`;
}

function questionLines(question: NoticedQuestion): readonly string[] {
  const { seen, interrupts, window, offers } = question;
  return [
    ...seen,
    ...(interrupts.length === 0 ? [] : [`Interrupts: ${interrupts.join(', ')}.`]),
    ...(window === null ? [] : [`Window: ${window}.`]),
    `Answers: ${offers.join(', ')}. ${whoMayAnswer(question)}`,
    ...until(question),
  ];
}

function whoMayAnswer({ needs, offers }: NoticedQuestion): string {
  if (!offers.includes('approve')) return 'Anybody may answer.';
  if (needs.length === 0) return 'One person who may approve in this run is enough.';
  const wanted = needs.map(({ count, group }) => `${count} of ${group}`).join(' and ');
  const agreed = needs.flatMap(({ given }) => given);
  return `Approval needs ${wanted}${agreed.length === 0 ? '' : `; agreed so far: ${agreed.join(', ')}`}.`;
}

const EXPIRY: Readonly<Record<ExpiryVerdict | 'withdrawn', string>> = {
  withdrawn: 'it is withdrawn and its step is stuck',
  stop: 'the run ends',
  undo: 'the run takes back what it changed',
};

function until({ expiresAt, onExpiry }: NoticedQuestion): readonly string[] {
  if (expiresAt === null) return [];
  return [`If nobody settles it by ${expiresAt}, ${EXPIRY[onExpiry ?? 'withdrawn']}.`];
}

function runLines({ workflowId, runId, environment, change }: Notice): readonly string[] {
  return [
    `Run ${runId} of ${workflowId} (${environment}).`,
    ...(change === null ? [] : [`Change ${change.ticket} of ${change.owner}, contact ${change.contact}.`]),
  ];
}

/** A line break would begin a header of a mail, or a line that looks like ours. */
function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ').trim();
}
