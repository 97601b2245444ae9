import type { RunEvent } from '../../../workflows/journal/event.ts';
import type { Lengths } from '../../client/lengths.ts';
import type { ShownPlan } from '../../client/shown-plan.ts';

/** All that a report shows. The same document always makes the same file. */
export interface ReportDocument {
  readonly version: 1;
  /** ISO 8601 */
  readonly madeAt: string;
  /** Who asked for it. */
  readonly madeBy: string;
  readonly maker: Maker;
  /** Head of the chain over `events`, as the run recorded it. */
  readonly head: string;
  readonly events: readonly RunEvent[];
  /** Null where none was made, and where no server told it. */
  readonly plan: ShownPlan | null;
  readonly lengths: Lengths;
  /** How the run stood, by the word of whoever made the report; left out where its journal has an end. */
  readonly standing?: Standing;
}

/** Of a run whose journal has no end: the server knows whether it goes on, or was ended past the runbook. */
export type Standing =
  | 'goes on'
  | 'not known'
  | {
      readonly state: 'stopped' | 'failed';
      /** ISO 8601 */
      readonly at: string;
    };

/** Which ssis-ha makes a report. */
export interface Maker {
  readonly version: string;
  /** SHA-256 over all that makes the file out of a document. */
  readonly digest: string;
}

export const DOCUMENT_ID = 'report-document';

const BEGIN = `<script type="application/json" id="${DOCUMENT_ID}">`;
const END = '</script>';

/**
 * The document as an element of a page that no value can break out of: an HTML parser sees no `<` in it.
 *
 * Source: HTML Standard, *Restrictions for contents of script elements*.
 */
export function embedded(document: ReportDocument): string {
  return `${BEGIN}${JSON.stringify(document).replaceAll('<', '\\u003c')}${END}`;
}

/** The text of the document in a file; null where it has none. */
export function embeddedIn(file: string): string | null {
  const begin = file.indexOf(BEGIN);
  if (begin < 0) return null;
  const end = file.indexOf(END, begin);
  return end < 0 ? null : file.slice(begin + BEGIN.length, end);
}
