import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { RunEvent } from './event.ts';

/* The chain over the events of a run. Free of Temporal and of Node, so that a browser can check it too. */

/** The head of a chain without events. */
export const EMPTY_HEAD = '';

/** The head once `text` is in the chain: SHA-256, in hexadecimal digits, of the head before, a line feed and the text. */
export function headAfter(head: string, text: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${head}\n${text}`)));
}

/** The head of the chain over `events`, begun with the head `before` the first of them. */
export function chainHead(events: readonly RunEvent[], before: string = EMPTY_HEAD): string {
  return events.reduce((head, event) => headAfter(head, JSON.stringify(event)), before);
}

/** Why events are not what the head was made over. */
export type ChainFault =
  /** An event is missing, comes twice or stands at the wrong place: the one at this place, from 1. */
  | { readonly kind: 'out-of-order'; readonly place: number }
  /** They are numbered as they should be, and their chain ends with another head. */
  | { readonly kind: 'another-head'; readonly head: string };

/**
 * Null where the chain over `events`, the first of which follows `before`, ends with `head`. Parsing and writing
 * an event gives the same text again, so that events may have been stored as JSON in between.
 */
export function checkChain(
  events: readonly RunEvent[],
  head: string,
  before: { readonly events: number; readonly head: string } = { events: 0, head: EMPTY_HEAD },
): ChainFault | null {
  const misplaced = events.findIndex(({ n }, at) => n !== before.events + at + 1);
  if (misplaced >= 0) return { kind: 'out-of-order', place: before.events + misplaced + 1 };
  const found = chainHead(events, before.head);
  return found === head ? null : { kind: 'another-head', head: found };
}
