import type { SheetName } from './lines.ts';

/** What one team is asked for before a run. */
export interface Sheet {
  readonly name: SheetName;
  readonly file: string;
  readonly site: string;
  readonly title: string;
  readonly about: string;
  readonly requests: readonly NumberedRequest[];
}

export type NumberedRequest = { readonly number: string } & Request;

/** A line keeps its place on the sheet also where a site does not need it. */
export type Request = Wanted | NotNeeded;

interface Wanted {
  readonly title: string;
  /** What is wanted; the values of the site stand in the table, never in here. */
  readonly wanted: string;
  readonly table: Table;
  readonly why: string;
  readonly checks: readonly Check[];
  /** Page and section. */
  readonly source: string;
}

interface NotNeeded {
  readonly title: string;
  readonly notNeeded: string;
}

export interface Table {
  readonly columns: readonly Column[];
  /** As many cells a row as there are columns; a cell holds one text or several. */
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = string | readonly string[];

/** `value`: to be taken letter by letter; `words`: to be read. */
export interface Column {
  readonly heading: string;
  readonly kind: 'value' | 'words';
}

/** One line that a person pastes, and what it answers where all is well. */
export interface Check {
  readonly where: string;
  readonly language: 'powershell' | 'sql';
  readonly line: string;
  readonly good: string;
}

/** A column of values. */
export function value(heading: string): Column {
  return { heading, kind: 'value' };
}

/** A column of words. */
export function words(heading: string): Column {
  return { heading, kind: 'words' };
}

export function powershell(where: string, line: string, good: string): Check {
  return { where, language: 'powershell', line, good };
}

export function sql(where: string, line: string, good: string): Check {
  return { where, language: 'sql', line, good };
}
