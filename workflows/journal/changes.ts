import type { Question, RunSnapshot, StepSnapshot } from '../contract.ts';
import type { RunEvent, RunFacts, StepChange } from './event.ts';

/* From snapshots to what changed between them, and back. Free of Temporal and of Node: a browser replays too. */

/** What an event says beside its number and its moment. */
export type RunChange = Omit<RunEvent, 'n' | 'at'>;

/** What changed from one snapshot of a run to a later one; null where nothing did. */
export function changeBetween(before: RunSnapshot | null, now: RunSnapshot): RunChange | null {
  const run = changedFields(factsOf(before), factsOf(now));
  const gone = missingFields(factsOf(before), factsOf(now));
  const steps = changedSteps(before?.steps ?? [], now.steps);
  const asked = changedQuestions(before?.questions ?? [], now.questions);
  const closed = closedQuestions(before?.questions ?? [], now.questions);
  const decisions = now.decisions.slice(before?.decisions.length ?? 0);
  const restarts = (now.restarts ?? []).slice(before?.restarts?.length ?? 0);
  const change: RunChange = {
    ...(Object.keys(run).length > 0 && { run }),
    ...(gone.length > 0 && { gone }),
    ...(steps.length > 0 && { steps }),
    ...(asked.length > 0 && { asked }),
    ...(closed.length > 0 && { closed }),
    ...(decisions.length > 0 && { decisions }),
    ...(restarts.length > 0 && { restarts }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

/** The run as it was after the event numbered `upTo`, after all of them without it; null before the first. */
export function replayEvents(
  events: readonly RunEvent[],
  upTo: number = Number.POSITIVE_INFINITY,
): RunSnapshot | null {
  return events.filter(({ n }) => n <= upTo).reduce<RunSnapshot | null>(afterEvent, null);
}

/** The run after one more event. It says nothing of its journal, which an event cannot know. */
export function afterEvent(before: RunSnapshot | null, event: RunEvent): RunSnapshot {
  const gone = new Set(event.gone);
  const kept = Object.entries(factsOf(before)).filter(([name]) => !gone.has(name));
  // The first event of a run says all of them.
  const facts = { ...Object.fromEntries(kept), ...event.run } as RunFacts;
  const restarts = [...(before?.restarts ?? []), ...(event.restarts ?? [])];
  return {
    ...facts,
    steps: stepsAfter(before?.steps ?? [], event.steps ?? []),
    questions: questionsAfter(before?.questions ?? [], event),
    decisions: [...(before?.decisions ?? []), ...(event.decisions ?? [])],
    ...(restarts.length > 0 && { restarts }),
  };
}

function factsOf(snapshot: RunSnapshot | null): Partial<RunFacts> {
  if (snapshot === null) return {};
  const { steps: _steps, questions: _questions, decisions: _decisions, ...rest } = snapshot;
  const { restarts: _restarts, journal: _journal, ...facts } = rest;
  return facts;
}

function changedSteps(before: readonly StepSnapshot[], now: readonly StepSnapshot[]): readonly StepChange[] {
  let known: ReadonlyMap<string, StepSnapshot> | null = null;
  return now.flatMap((step, at) => {
    // Nearly all of them are what they were, and where they were.
    if (before[at] === step) return [];
    known ??= new Map(before.map((each) => [each.key, each]));
    const earlier = known.get(step.key);
    if (earlier === step) return [];
    if (!earlier || missingFields(earlier, step).length > 0) return [step];
    const fields = changedFields(earlier, step);
    if (Object.keys(fields).length === 0) return [];
    return 'id' in fields ? [step] : [{ key: step.key, ...fields }];
  });
}

function stepsAfter(
  before: readonly StepSnapshot[],
  changes: readonly StepChange[],
): readonly StepSnapshot[] {
  if (changes.length === 0) return before;
  const steps = new Map(before.map((step) => [step.key, step]));
  for (const change of changes) {
    const base = change.id === undefined ? steps.get(change.key) : undefined;
    // A step that is not known yet is told whole.
    steps.set(change.key, { ...base, ...change } as StepSnapshot);
  }
  return [...steps.values()];
}

function changedQuestions(before: readonly Question[], now: readonly Question[]): readonly Question[] {
  const known = new Map(before.map((question) => [question.id, question]));
  return now.filter((question) => !isSame(known.get(question.id), question));
}

function closedQuestions(before: readonly Question[], now: readonly Question[]): readonly string[] {
  const open = new Set(now.map(({ id }) => id));
  return before.map(({ id }) => id).filter((id) => !open.has(id));
}

function questionsAfter(
  before: readonly Question[],
  { asked = [], closed = [] }: RunEvent,
): readonly Question[] {
  const open = new Map(before.map((question) => [question.id, question]));
  for (const id of closed) open.delete(id);
  for (const question of asked) open.set(question.id, question);
  return [...open.values()];
}

/** By value: a field that was said again is not a change. */
function changedFields<Fields extends object>(before: Fields, now: Fields): Partial<Fields> {
  const known = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(now).filter(([name, value]) => !isSame(known.get(name), value));
  return Object.fromEntries(changed) as Partial<Fields>;
}

function missingFields(before: object, now: object): readonly string[] {
  const there = new Set(Object.keys(now));
  return Object.keys(before).filter((name) => !there.has(name));
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
