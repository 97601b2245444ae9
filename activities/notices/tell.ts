import type { Notice, Receiver, Telling } from '../../workflows/contract.ts';
import type { Letter, MessengerPort, SecretsPort } from '../ports.ts';
import { DOCUMENTS, type Told } from './documents.ts';
import { noticeWords } from './words.ts';

/** What telling people needs of the control worker. */
export interface Telegraph {
  readonly secrets: SecretsPort;
  readonly messenger: MessengerPort;
  /** Address of the control room beside the worker; null where none runs. */
  readonly controlRoom: () => string | null;
}

/** Tells one receiver of a run, with a link that opens that very question. */
export async function tellReceiver({ notice, receiver, link }: Telling, telegraph: Telegraph): Promise<void> {
  const told = {
    notice,
    words: noticeWords(notice),
    link: linkTo(notice, link ?? telegraph.controlRoom()),
  };
  if (receiver.kind === 'mail') {
    return telegraph.messenger.mail(letterTo(receiver, told), receiver.smtp);
  }
  const { address: named, format } = receiver;
  const address = await telegraph.secrets.resolve(named);
  return telegraph.messenger.post({ address, named }, DOCUMENTS[format](told));
}

function linkTo({ runId, question }: Notice, controlRoom: string | null): string | null {
  if (controlRoom === null) return null;
  const run = `${controlRoom.replace(/\/+$/, '')}/runs/${encodeURIComponent(runId)}`;
  return question === null ? run : `${run}/questions/${encodeURIComponent(question.id)}`;
}

function letterTo({ from, to }: Extract<Receiver, { kind: 'mail' }>, { notice, words, link }: Told): Letter {
  const text = [words.title, '', ...words.lines, ...(link === null ? [] : ['', link])].join('\n');
  return { id: notice.id, from, to, subject: `[ssis-ha] ${words.title}`, text: `${text}\n` };
}
