import type { ReportDocument } from './report-document.ts';

/** Where a reader moves through the run. Hidden until the script is there that it needs. */
export function Scrubber({ document: { events } }: { readonly document: ReportDocument }) {
  const count = events.length;
  return (
    <section id="scrubber" class="scrubber" aria-label="Moment that is shown" hidden>
      <div class="buttons">
        <ScrubButton to="first" text="|‹" title="First event" />
        <ScrubButton to="decision-before" text="« decision" title="Decision before" />
        <ScrubButton to="before" text="‹" title="Event before" />
        <ScrubButton to="after" text="›" title="Next event" />
        <ScrubButton to="decision-after" text="decision »" title="Next decision" />
        <ScrubButton to="last" text="›|" title="Last event" />
      </div>
      <input id="moment" type="range" min={1} max={count} value={count} aria-label="Event" />
      <p id="moment-words" class="moment-words" role="status" />
    </section>
  );
}

/** Where a button leads to. */
export type Jump = 'first' | 'before' | 'after' | 'last' | 'decision-before' | 'decision-after';

interface ScrubButtonProps {
  readonly to: Jump;
  readonly text: string;
  readonly title: string;
}

function ScrubButton({ to, text, title }: ScrubButtonProps) {
  return (
    <button type="button" data-jump={to} title={title} aria-label={title}>
      {text}
    </button>
  );
}
