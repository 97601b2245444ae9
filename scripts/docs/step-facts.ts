import type { After } from '../../activities/step-spec.ts';
import type { UndoPolicy } from '../../activities/step.ts';
import { pathOf, type Entry, type Surroundings } from './entry.ts';
import { code, plain } from './markdown.ts';
import type { PerformedStep } from './perform-procedure.ts';

/** What the step is and does, one line each: where, after what, what it asks, how it is taken back. */
export function factsOf({ performed }: Entry, around: Surroundings): string[] {
  const { step } = performed;
  return [
    `**Where:** ${whereOf(performed)}`,
    `**Waits for:** ${waitsFor(performed, around)}`,
    ...alsoHeld(performed),
    ...(step.kind === 'change' ? factsOfChange(performed, around) : ['**Changes:** nothing']),
    ...(step.skippable ? ['**May be skipped:** what waits for it can live without it'] : []),
    ...(step.proves === null ? [] : [`**Proves:** ${step.proves}; a run that skips it cannot claim that`]),
  ];
}

function whereOf({ planned, settings }: PerformedStep): string {
  const keys = planned.map(({ key }) => code(key)).join(', ');
  if (settings.length === 0) return keys;
  return `nowhere on the sample site; with ${settings.map(code).join(' and ')} ${keys}`;
}

function waitsFor({ step, planned }: PerformedStep, { entries }: Surroundings): string {
  const listed = planned.flatMap(({ after }) => after.map((key) => key.split('@')[0] ?? ''));
  const after: readonly After[] = step.after ?? [...new Set(listed)];
  if (after.length === 0) return 'nothing';
  const named = after.map((before) => {
    const id = typeof before === 'string' ? before : before.sameHost;
    const onSameHost = typeof before === 'string' ? '' : ' on the same host';
    return `${linkTo(id, entries)}${onSameHost}${listed.includes(id) ? '' : ', where the site has it'}`;
  });
  return named.join('; ');
}

function linkTo(id: string, entries: Surroundings['entries']): string {
  const entry = entries.get(id);
  if (!entry) throw new Error(`There is no step ${id}`);
  return `[${plain(entry.performed.step.title)}](../${pathOf(entry)})`;
}

function alsoHeld({ planned }: PerformedStep): string[] {
  const held = planned.flatMap(({ host, holds }) => holds.filter((name) => name !== host));
  if (held.length === 0) return [];
  const names = [...new Set(held)].map(plain).join(', ');
  return [`**Holds as well:** ${names}, which nobody else touches or restarts meanwhile`];
}

function factsOfChange(performed: PerformedStep, around: Surroundings): string[] {
  const { step } = performed;
  const { applyMinutes, settleMinutes } = step.patience;
  return [
    `**Asks first:** ${asksOf(performed)}`,
    `**Interrupts:** ${step.interrupts.join(', ') || 'nothing'}`,
    ...(step.kinds.length > 0
      ? [`**Kind of change, for \`approvals.rules\`:** ${step.kinds.join(', ')}`]
      : []),
    ...(step.mayRestart ? ['**Restart of the host:** where one pends; a person is asked first'] : []),
    ...(step.once ? ['**Once only:** a repeat harms, so an error is put to a person at once'] : []),
    `**Patience:** ${minutes(applyMinutes)} for the change, ${minutes(settleMinutes)} until it holds; then a person is asked`,
    ...undoOf(step.undoPolicy, around),
    ...(step.leavesEvidence ? ['**Evidence:** what it shows stays, and says nothing of its undo'] : []),
  ];
}

function asksOf({ step, before }: PerformedStep): string {
  if (step.asks === 'never') return 'no';
  if (step.asks === 'always') return 'always';
  return `where what it sees calls for it; on the sample estate it ${before.gate === null ? 'does not' : 'does'}`;
}

function undoOf(policy: UndoPolicy, { entries }: Surroundings): string[] {
  const residue =
    policy.residue.length > 0
      ? [`**Stays behind after an undo:** ${policy.residue.map(plain).join('; ')}`]
      : [];
  if (policy.kind === 'kept') return [`**Undo:** none. ${plain(policy.reason)}`, ...residue];
  const { keptWith } = policy;
  const kept =
    keptWith === null
      ? []
      : [
          `**Kept with:** ${linkTo(keptWith.step, entries)} on the same host, once that has begun. ${plain(keptWith.because)}`,
        ];
  return [
    `**Undo:** ${policy.kind === 'auto' ? 'by itself' : 'with the consent of a person'}`,
    ...kept,
    ...residue,
  ];
}

function minutes(count: number): string {
  if (count > 60 && count % 60 === 0) return `${count / 60} hours`;
  return count === 1 ? '1 minute' : `${count} minutes`;
}
