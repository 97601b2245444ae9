import type { Happening } from '../../present/history.ts';
import { TONE_SYMBOLS } from '../../present/words.ts';
import { historySoFar } from './history-so-far.ts';
import { Moment } from './moment.tsx';
import { Part } from './part.tsx';
import type { RunSight } from './run-sight.ts';

/** One sentence an event, the newest first; those about decisions alone where that is asked for. */
export function HistoryView({ run, events, only }: RunSight) {
  const all = historySoFar(events);
  const decisions = all.filter(isDecision);
  const shown = only === 'decisions' ? decisions : all;
  return (
    <>
      <Part id="history-choice">
        <p id="history-choice" class="choice">
          <Choice href="?" isChosen={only === undefined} text={`All ${all.length}`} />{' '}
          <Choice
            href="?only=decisions"
            isChosen={only === 'decisions'}
            text={`Decisions ${decisions.length}`}
          />
        </p>
      </Part>
      {shown.length === 0 && <Nothing hasJournal={run.journal !== undefined} />}
      <div class="history">
        {blocksOf(shown)
          .toReversed()
          .map((block, at, { length }) => (
            <Block id={`history-${length - 1 - at}`} happenings={block} />
          ))}
      </div>
    </>
  );
}

/** What people decided, and what became of the questions that were put to them. */
function isDecision({ about }: Happening): boolean {
  return about === 'decision' || about === 'question';
}

function Choice({
  href,
  isChosen,
  text,
}: {
  readonly href: string;
  readonly isChosen: boolean;
  readonly text: string;
}) {
  return (
    <a href={href} class="button" {...(isChosen ? { 'aria-current': 'true' } : {})}>
      {text}
    </a>
  );
}

function Nothing({ hasJournal }: { readonly hasJournal: boolean }) {
  return (
    <p class="empty">
      {hasJournal
        ? 'Nothing of that has happened yet.'
        : 'This run kept no journal: an earlier version performed it.'}
    </p>
  );
}

/** A new sentence changes the block that it stands in, and no other. */
const BLOCK = 40;

function blocksOf(happenings: readonly Happening[]): readonly (readonly Happening[])[] {
  return Array.from({ length: Math.ceil(happenings.length / BLOCK) }, (_, at) =>
    happenings.slice(at * BLOCK, (at + 1) * BLOCK),
  );
}

function Block({ id, happenings }: { readonly id: string; readonly happenings: readonly Happening[] }) {
  return (
    <Part id={id}>
      <ol id={id} class="happenings" reversed>
        {happenings.toReversed().map((happening) => (
          <Sentence happening={happening} />
        ))}
      </ol>
    </Part>
  );
}

function Sentence({ happening: { at, tone, text } }: { readonly happening: Happening }) {
  return (
    <li class="happening">
      <Moment iso={at} form="day" />
      <span class={`symbol ${tone}`} aria-hidden="true">
        {TONE_SYMBOLS[tone].symbol}
      </span>
      <span class="sentence">{text}</span>
    </li>
  );
}
