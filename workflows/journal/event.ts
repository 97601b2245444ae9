import type { Decision, HostRestart, Question, RunSnapshot, StepSnapshot } from '../contract.ts';

/**
 * What changed in a run at one moment. Folded in their order (`replayEvents`), the events of a run give its
 * snapshot as it was after each of them; what did not change is left out.
 */
export interface RunEvent {
  /** From 1, without a gap. */
  readonly n: number;
  /** ISO 8601; the moment by the run's own clock. */
  readonly at: string;
  /** Changed facts of the run itself, each with its new value. */
  readonly run?: Partial<RunFacts>;
  /** Names of facts that the run has no longer. */
  readonly gone?: readonly string[];
  readonly steps?: readonly StepChange[];
  /** Questions put, and open ones that changed, as they are now. */
  readonly asked?: readonly Question[];
  /** Ids of questions that are open no longer: answered or withdrawn. */
  readonly closed?: readonly string[];
  /** Added to the run's decisions. */
  readonly decisions?: readonly Decision[];
  /** Added to the run's restarts. */
  readonly restarts?: readonly HostRestart[];
}

/** What a snapshot says of the run as a whole. */
export type RunFacts = Omit<RunSnapshot, 'steps' | 'questions' | 'decisions' | 'restarts' | 'journal'>;

/** A step whole, where it says its `id`; else the fields of a known step that changed. */
export type StepChange = Pick<StepSnapshot, 'key'> & Partial<StepSnapshot>;

/** What a run answers to the query `journal`: so many of its events as one answer can hold. */
export interface JournalPage {
  /** Head of the chain before the first event of this page. */
  readonly before: string;
  readonly events: readonly RunEvent[];
  /** How many events there are in all. */
  readonly count: number;
  /** Head of the chain over all of them. */
  readonly head: string;
}

/** An event as it is told to whoever keeps it. */
export interface JournalEntry {
  readonly n: number;
  /** Head of the chain once this event is in it. */
  readonly head: string;
  /** The event as JSON, in one line: the very text that the chain was made over. */
  readonly text: string;
}
