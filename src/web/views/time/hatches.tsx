import type { Tone } from '../../../present/words.ts';

const HATCHED: readonly Tone[] = ['asks', 'bad', 'quiet'];

/** What waits is hatched: once in a page, and used by every bar of it. */
export function Hatches() {
  return (
    <defs>
      {HATCHED.map((tone) => (
        <pattern
          id={`hatch-${tone}`}
          class={`hatch ${tone}`}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" />
          <path d="M0 0 V6" />
        </pattern>
      ))}
    </defs>
  );
}

export function hatchOf(tone: Tone): string {
  return `url(#hatch-${HATCHED.includes(tone) ? tone : 'quiet'})`;
}
