import type { z } from 'zod';
import { crossCheckSketch } from '../../activities/site-cross-checks.ts';
import { inWords } from '../../activities/site-sketch.ts';
import { faultWords } from '../site-file/fault-words.ts';
import { sketchOf, type Draft } from './site-answers.ts';

/** Somebody who answers. */
export interface Asked {
  /** Shows the question, and answers what was typed. */
  readonly ask: (question: string) => Promise<string>;
  readonly tell: (line: string) => void;
}

/** A question, and what makes an answer to it sound. */
interface Wanted<Value> {
  readonly text: string;
  /** What Enter takes. */
  readonly given: string;
  readonly schema: z.ZodType<Value>;
  /** The answers before, and those with this one. */
  readonly before: Draft;
  readonly put: (value: Value) => Draft;
}

/**
 * Asks until the answer is one that the site file could hold, and that goes with the answers before. What is
 * wrong is told in the words of `check`.
 */
export async function soundAnswer<Value>(asked: Asked, wanted: Wanted<Value>): Promise<Value> {
  for (;;) {
    const said = (await asked.ask(`${wanted.text} [${wanted.given}]: `)).trim() || wanted.given;
    const judged = wanted.schema.safeParse(said, { error: faultWords });
    if (!judged.success) {
      asked.tell(`  ${JSON.stringify(said)} ${judged.error.issues[0]?.message ?? ''}`);
      continue;
    }
    const clash = newClash(wanted.before, wanted.put(judged.data));
    if (clash === null) return judged.data;
    asked.tell(`  ${clash}`);
  }
}

/** What does not go with the answers before, and did go without this one. */
function newClash(before: Draft, after: Draft): string | null {
  const known = clashesOf(before);
  return clashesOf(after).find((clash) => !known.includes(clash)) ?? null;
}

function clashesOf(draft: Draft): readonly string[] {
  const clashes: string[] = [];
  crossCheckSketch({
    site: sketchOf(draft),
    isSound: () => true,
    tell: (path, message) => clashes.push(`${inWords(path)}: ${message}`),
  });
  return clashes;
}
