import { toned, wrapped, type Style } from './style.ts';
import { TONE_SYMBOLS, type Tone } from './words.ts';

interface Verification {
  readonly verdict: 'sound' | 'changed' | 'another run' | 'not known';
  readonly checks: readonly { readonly outcome: 'agrees' | 'differs' | 'not known'; readonly says: string }[];
}

const OUTCOME_TONES = { agrees: 'good', differs: 'bad', 'not known': 'asks' } as const;
const VERDICT_WORDS: Readonly<
  Record<Verification['verdict'], { readonly tone: Tone; readonly text: string }>
> = {
  sound: { tone: 'good', text: 'Sound: this is what the run recorded.' },
  changed: { tone: 'bad', text: 'Changed: do not rely on this file.' },
  'another run': { tone: 'bad', text: 'Another run: this is not the report of the run that you named.' },
  'not known': { tone: 'asks', text: 'Nothing speaks against it, and not all of it could be checked.' },
};

/** What was checked of a report, what could not be, and what that comes to. */
export function presentReportVerification(
  { verdict, checks }: Verification,
  style: Style,
): readonly string[] {
  const { tone, text } = VERDICT_WORDS[verdict];
  return [
    ...checks.flatMap(({ outcome, says }) => {
      const { symbol, plainSymbol } = TONE_SYMBOLS[OUTCOME_TONES[outcome]];
      const mark = toned(style.unicode ? symbol : plainSymbol, OUTCOME_TONES[outcome], style);
      const [first = '', ...rest] = wrapped(says, INDENT, style.width);
      return [`${mark} ${first.slice(INDENT)}`, ...rest];
    }),
    toned(text, tone, style),
  ];
}

const INDENT = 2;
