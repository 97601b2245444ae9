import { hatchOf } from './hatches.tsx';
import { PASTIMES } from '../../../present/stretches.ts';
import { PASTIME_WORDS } from './words.ts';

/** What bars and lines mean. */
export function PastimeLegend() {
  return (
    <p class="legend">
      {PASTIMES.map((pastime) => {
        const { symbol, word, tone, isHatched, height } = PASTIME_WORDS[pastime];
        const isThin = height === 'thin';
        return (
          <span class="entry">
            <svg class="swatch" width="22" height="12" aria-hidden="true">
              <rect
                class={`stretch ${tone}`}
                x="1"
                y={isThin ? 3 : 1}
                width="20"
                height={isThin ? 6 : 10}
                {...(isHatched ? { fill: hatchOf(tone) } : {})}
              />
            </svg>{' '}
            {symbol} {word}
          </span>
        );
      })}
      <span class="entry">
        <svg class="swatch" width="22" height="12" aria-hidden="true">
          <rect class="expected" x="1" y="1" width="20" height="10" />
        </svg>{' '}
        expected
      </span>
      <span class="entry">
        <svg class="swatch" width="22" height="12" aria-hidden="true">
          <rect class="critical" x="1" y="5" width="20" height="3" />
        </svg>{' '}
        critical path
      </span>
      <span class="entry">
        <svg class="swatch" width="22" height="12" aria-hidden="true">
          <line class="again" x1="11" x2="11" y1="0" y2="12" />
        </svg>{' '}
        another try
      </span>
    </p>
  );
}
