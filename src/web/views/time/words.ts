import type { Pastime } from '../../../present/stretches.ts';
import type { Tone } from '../../../present/words.ts';

interface PastimeWords {
  readonly symbol: string;
  readonly word: string;
  readonly tone: Tone;
  /** Waits are hatched; what works is filled. */
  readonly isHatched: boolean;
  /** Share of the lane's height: what only looks is thin. */
  readonly height: 'thin' | 'full';
}

/** A new pastime without words does not compile. */
export const PASTIME_WORDS: Readonly<Record<Pastime, PastimeWords>> = {
  probing: { symbol: '◌', word: 'looking', tone: 'moves', isHatched: false, height: 'thin' },
  applying: { symbol: '◐', word: 'changing', tone: 'moves', isHatched: false, height: 'full' },
  settling: { symbol: '◑', word: 'settling', tone: 'quiet', isHatched: false, height: 'thin' },
  restarting: { symbol: '↻', word: 'restarting', tone: 'bad', isHatched: false, height: 'full' },
  asking: { symbol: '?', word: 'waits for a person', tone: 'asks', isHatched: true, height: 'full' },
  stuck: { symbol: '✖', word: 'stuck', tone: 'bad', isHatched: true, height: 'full' },
  'waiting-for-window': {
    symbol: '◷',
    word: 'waits for its window',
    tone: 'quiet',
    isHatched: true,
    height: 'full',
  },
  undoing: { symbol: '↶', word: 'taking back', tone: 'good', isHatched: false, height: 'full' },
};
