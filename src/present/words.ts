import type {
  About,
  ExpiryVerdict,
  Interrupted,
  ProblemKind,
  RunState,
  StepState,
  Verdict,
} from '../../workflows/contract.ts';
import type { ListedState } from '../client/list-runs.ts';

/** Total over what the contract knows: a new state without words does not compile. */

export type Tone = 'good' | 'bad' | 'asks' | 'moves' | 'quiet';

/** Colour is never the only sign. */
export const TONE_SYMBOLS: Readonly<Record<Tone, { readonly symbol: string; readonly plainSymbol: string }>> =
  {
    good: { symbol: '✔', plainSymbol: '+' },
    bad: { symbol: '✖', plainSymbol: 'x' },
    asks: { symbol: '?', plainSymbol: '?' },
    moves: { symbol: '»', plainSymbol: '>' },
    quiet: { symbol: '·', plainSymbol: '.' },
  };

interface StepWords {
  readonly symbol: string;
  /** For terminals without Unicode. */
  readonly plainSymbol: string;
  readonly word: string;
  readonly tone: Tone;
}

export const STEP_WORDS: Readonly<Record<StepState, StepWords>> = {
  pending: { symbol: '·', plainSymbol: '.', word: 'to come', tone: 'quiet' },
  probing: { symbol: '◌', plainSymbol: '~', word: 'looking', tone: 'moves' },
  asking: { symbol: '?', plainSymbol: '?', word: 'asks', tone: 'asks' },
  applying: { symbol: '◐', plainSymbol: '>', word: 'changing', tone: 'moves' },
  'waiting-for-window': {
    symbol: '◷',
    plainSymbol: 'w',
    word: 'waiting for a window',
    tone: 'asks',
  },
  restarting: { symbol: '↻', plainSymbol: '@', word: 'restarting', tone: 'moves' },
  settling: { symbol: '◑', plainSymbol: '>', word: 'settling', tone: 'moves' },
  changed: { symbol: '✔', plainSymbol: '+', word: 'changed', tone: 'good' },
  'in-place': { symbol: '✔', plainSymbol: '=', word: 'in place', tone: 'good' },
  skipped: { symbol: '↷', plainSymbol: '-', word: 'skipped', tone: 'asks' },
  stuck: { symbol: '✖', plainSymbol: 'x', word: 'stuck', tone: 'bad' },
  undone: { symbol: '↶', plainSymbol: '<', word: 'undone', tone: 'good' },
  kept: { symbol: '■', plainSymbol: '#', word: 'kept', tone: 'asks' },
};

export interface RunWords {
  readonly word: string;
  readonly tone: Tone;
}

export const RUN_WORDS: Readonly<Record<RunState, RunWords>> = {
  planning: { word: 'making its plan', tone: 'moves' },
  running: { word: 'running', tone: 'moves' },
  waiting: { word: 'waiting for a person', tone: 'asks' },
  undoing: { word: 'taking back what it changed', tone: 'moves' },
  done: { word: 'done', tone: 'good' },
  failed: { word: 'failed', tone: 'bad' },
  undone: { word: 'undone', tone: 'good' },
  stopped: { word: 'stopped', tone: 'bad' },
  rehearsed: { word: 'rehearsed', tone: 'good' },
};

/** The same in a list, which has runs that nobody could tell of. */
export const LISTED_WORDS: Readonly<Record<ListedState, RunWords>> = {
  ...RUN_WORDS,
  unseen: { word: 'cannot be seen now', tone: 'asks' },
};

/** Said of a verification that did not find all as it should be. */
export const UNSOUND = 'needs a look';

export const ABOUT_WORDS: Readonly<Record<About, string>> = {
  gate: 'asks before it changes anything',
  restart: 'asks about a restart',
  stuck: 'is stuck and asks what to do',
  undo: 'asks about taking it back',
};

/** What each answer does, by what the question is about. */
export const VERDICT_WORDS: Readonly<Record<Verdict, Readonly<Record<About, string>>>> = {
  approve: {
    gate: 'let it change this',
    restart: 'let it restart',
    stuck: 'go on',
    undo: 'take it back',
  },
  reject: {
    gate: 'change nothing; the step is then stuck',
    restart: 'do not restart; the step is then stuck',
    stuck: 'do not',
    undo: 'keep it as it is',
  },
  retry: {
    gate: 'look again',
    restart: 'try again',
    stuck: 'try again, once the cause is removed',
    undo: 'try again to take it back',
  },
  skip: {
    gate: 'go on without it',
    restart: 'go on as if it were done',
    stuck: 'go on without it',
    undo: 'keep it as it is',
  },
  undo: {
    gate: 'take back all that this run changed',
    restart: 'take back all that this run changed',
    stuck: 'take back all that this run changed',
    undo: 'take back all that this run changed',
  },
  stop: {
    gate: 'end the run and leave all as it is',
    restart: 'end the run and leave all as it is',
    stuck: 'end the run and leave all as it is',
    undo: 'end the run and leave all as it is',
  },
};

/** What becomes of a question that nobody settles in time, and of its run. */
export const EXPIRY_WORDS: Readonly<Record<ExpiryVerdict | 'withdrawn', string>> = {
  withdrawn: 'it is withdrawn and its step is stuck',
  stop: 'the run ends and leaves all as it is',
  undo: 'the run ends and takes back all that it changed',
};

export const PROBLEM_WORDS: Readonly<Record<ProblemKind, string>> = {
  operator: 'Somebody must do something',
  transient: 'Time did not help',
  bug: 'Nobody thought of this; please report it',
};

export const INTERRUPTED_WORDS: Readonly<Record<Interrupted, string>> = {
  engine: 'the engine',
  host: 'the host',
  workers: 'the workers',
};

/** The chapters of the written procedure, with preflight before and the proof behind it; `verify` looks ahead. */
const CHAPTERS: readonly string[] = [
  'Preflight',
  'Failover cluster',
  'Primary node',
  'Secondary nodes',
  'Availability group and listener',
  'Settings of the Scale Out Master',
  'Execution logging',
  'Clustered role',
  'Address of the Master',
  'Workers',
  'Proof',
  'What lies ahead',
];

export function chapterTitle(chapter: number): string {
  return CHAPTERS[chapter] ?? 'Further steps';
}
