import type { RunSnapshot, StepSnapshot } from '../../../workflows/contract.ts';
import type { RunEvent } from '../../../workflows/journal/event.ts';
import type { Tone } from '../words.ts';

/** An event between the run as it was and as it is then. */
export interface Passage {
  readonly event: RunEvent;
  readonly before: RunSnapshot | null;
  readonly after: RunSnapshot;
}

/** What is told of it. */
export interface Told {
  readonly about: 'run' | 'step' | 'question' | 'decision';
  /** Null where it is about the whole run. */
  readonly stepKey: string | null;
  readonly tone: Tone;
  readonly text: string;
}

/** A step by its title and host; by its key where the run has no such step. */
export function nameOf(stepKey: string, { steps }: Pick<RunSnapshot, 'steps'>): string {
  const step = steps.find(({ key }) => key === stepKey);
  return step ? named(step) : stepKey;
}

export function named({ title, host }: StepSnapshot): string {
  return `${title} (${host})`;
}

/** Each part with an end of its own. */
export function sentence(...parts: readonly string[]): string {
  return parts.map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(' ');
}

/** Why somebody decided so, where they said it. */
export function because(reason: string): readonly string[] {
  return reason.trim() === '' ? [] : [`Reason: ${reason.trim()}`];
}

/** The same for every reader, wherever it is read. */
export function instant(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
