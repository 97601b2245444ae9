import { replayEvents } from '../../../workflows/journal/changes.ts';
import { checkChain } from '../../../workflows/journal/chain.ts';
import type { RunRef } from '../../client.ts';
import { counted } from '../../present/measures.ts';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { OperatorError } from '../../failures.ts';
import { embeddedIn, type Maker, type ReportDocument } from './report-document.ts';
import { readDocument } from './read-document.ts';
import { SEAL_LENGTH, sealOf } from './report-file.tsx';

/** One thing that was looked at, and what came of it. */
export interface Check {
  readonly about: 'file' | 'chain' | 'page' | 'run' | 'journal' | 'plan';
  readonly outcome: Outcome;
  /** What exactly was held against what, or why it could not be. */
  readonly says: string;
}

export type Outcome = 'agrees' | 'differs' | 'not known';

/** What the file alone tells. */
export interface FileVerification {
  readonly checks: readonly Check[];
  /** Null where the file holds no report that could be asked about. */
  readonly found: { readonly document: ReportDocument; readonly run: RunRef } | null;
}

/** What makes files here, to make one anew. */
export interface MakerHere {
  readonly maker: Maker;
  readonly fileOf: (document: ReportDocument) => string;
}

/** Holds a report against itself: its bytes against its last line, its events against their head, its page against both. */
export function verifyFile(bytes: Uint8Array, here: MakerHere): FileVerification {
  const seal = sealCheck(bytes);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const document = readDocument(embeddedIn(text));
  if (document === null) {
    const says = 'The file holds no document of a report, or not a whole one.';
    return { checks: [seal, { about: 'chain', outcome: 'differs', says }], found: null };
  }
  const chain = chainCheck(document);
  if (chain.outcome !== 'agrees') return { checks: [seal, chain], found: null };
  const run = replayEvents(document.events);
  const found = run && { document, run: { runId: run.runId, workflowId: run.workflowId } };
  return { checks: [seal, chain, pageCheck(bytes, document, here)], found };
}

/** Whether a report tells of the run that somebody expects: by run id, workflow id or site. */
export function runCheck(
  { document: { events }, run: { runId, workflowId } }: NonNullable<FileVerification['found']>,
  named: string,
): Check {
  const names = [runId, workflowId, workflowId.replace(/^ssis-ha\//, ''), events[0]?.run?.site];
  const is = `It tells of run ${runId} of ${workflowId}`;
  return names.includes(named)
    ? { about: 'run', outcome: 'agrees', says: `${is}, as ${named} says.` }
    : { about: 'run', outcome: 'differs', says: `${is}, not of ${named}.` };
}

type Verdict = 'sound' | 'changed' | 'another run' | 'not known';

/** `sound` is said only where nothing is left that was not checked; of another run a file can be as it was made. */
export function verdictOf(checks: readonly Check[]): Verdict {
  const differing = checks.filter(({ outcome }) => outcome === 'differs');
  if (differing.length > 0)
    return differing.every(({ about }) => about === 'run') ? 'another run' : 'changed';
  return checks.every(({ outcome }) => outcome === 'agrees') ? 'sound' : 'not known';
}

function sealCheck(bytes: Uint8Array): Check {
  const end = Math.max(0, bytes.length - SEAL_LENGTH);
  const seal = new TextDecoder().decode(bytes.subarray(end));
  return seal === sealOf(bytes.subarray(0, end))
    ? { about: 'file', outcome: 'agrees', says: 'Every byte is what its last line was made over.' }
    : { about: 'file', outcome: 'differs', says: 'The file is not what its last line was made over.' };
}

function chainCheck({ events, head }: ReportDocument): Check {
  const fault = checkChain(events, head);
  if (fault === null) {
    const says = `The chain over its ${counted(events.length, 'event')} agrees with its head ${head}.`;
    return { about: 'chain', outcome: 'agrees', says };
  }
  const says =
    fault.kind === 'out-of-order'
      ? `Event ${fault.place} is missing, comes twice or stands at the wrong place.`
      : `The chain over its ${counted(events.length, 'event')} ends with ${fault.head}, not with its head ${head}.`;
  return { about: 'chain', outcome: 'differs', says };
}

/** What is shown follows from the document, for whoever makes files as its maker did. */
function pageCheck(bytes: Uint8Array, document: ReportDocument, { maker, fileOf }: MakerHere): Check {
  if (document.maker.digest !== maker.digest) {
    const { version, digest } = document.maker;
    const says = `Whether the page shows what its events say is not known: another build made it (ssis-ha ${version}, ${digest}). Check it with that one.`;
    return { about: 'page', outcome: 'not known', says };
  }
  return isSame(bytes, madeAnew(document, fileOf))
    ? {
        about: 'page',
        outcome: 'agrees',
        says: 'Made anew from its events, the file is the same byte for byte.',
      }
    : { about: 'page', outcome: 'differs', says: 'Made anew from its events, the file is another one.' };
}

/** Null where no file can be made of it: somebody put together what no run could say. */
function madeAnew(document: ReportDocument, fileOf: MakerHere['fileOf']): Uint8Array | null {
  try {
    return utf8ToBytes(fileOf(document));
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    return null;
  }
}

function isSame(one: Uint8Array, other: Uint8Array | null): boolean {
  return one.length === other?.length && one.every((byte, at) => byte === other[at]);
}
