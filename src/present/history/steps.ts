import type { RunSnapshot, StepSnapshot } from '../../../workflows/contract.ts';
import type { StepChange } from '../../../workflows/journal/event.ts';
import { STEP_WORDS } from '../words.ts';
import { instant, named, sentence, type Passage, type Told } from './passage.ts';

/** What became of steps. */
export function stepped(passage: Passage): readonly Told[] {
  return (passage.event.steps ?? []).flatMap((change) => ofStep(change, passage));
}

function ofStep(change: StepChange, { before, after }: Passage): readonly Told[] {
  const step = after.steps.find(({ key }) => key === change.key);
  const isNew = before?.steps.some(({ key }) => key === change.key) !== true;
  if (!step || isNew || (change.state === undefined && !change.problem)) return [];
  const text = STEP_SENTENCES[step.state](step, after);
  if (text === null) return [];
  return [{ about: 'step', stepKey: step.key, tone: STEP_WORDS[step.state].tone, text }];
}

/** Null for what is of no interest afterwards. A new state without words does not compile. */
const STEP_SENTENCES: Readonly<
  Record<StepSnapshot['state'], (step: StepSnapshot, run: RunSnapshot) => string | null>
> = {
  pending: (step, { mode }) =>
    mode === 'perform' || step.shortfall.length === 0
      ? null
      : sentence(`Found wanting: ${named(step)}`, ...step.shortfall),
  probing: () => null,
  // The question tells.
  asking: () => null,
  applying: (step, { state }) => `${state === 'undoing' ? 'Taking back' : 'Changing'}: ${named(step)}.`,
  'waiting-for-window': (step) =>
    `Waiting for its window${step.waitsUntil === null ? '' : `, which opens at ${instant(step.waitsUntil)}`}: ${named(step)}.`,
  restarting: (step, { restarts = [] }) => {
    const wanted = restarts.findLast(({ stepKey }) => stepKey === step.key)?.wanted ?? [];
    const why = wanted.length === 0 ? [] : [`Wanted by ${wanted.join('; ')}`];
    return sentence(`Restarting ${step.host}: ${named(step)}`, ...why);
  },
  settling: () => null,
  changed: (step) => `Changed: ${named(step)}.`,
  'in-place': (step) => `In place: ${named(step)}.`,
  skipped: (step) => `Skipped: ${named(step)}.`,
  stuck: (step) =>
    sentence(
      `Stuck: ${named(step)}`,
      ...(step.problem ? [step.problem.message, step.problem.advice] : step.shortfall),
    ),
  undone: (step) => `Taken back: ${named(step)}.`,
  kept: (step) => sentence(`Kept as it is: ${named(step)}`, ...step.shortfall),
};
