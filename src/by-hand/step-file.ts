import type { Step } from '../../activities/step.ts';
import { sharedText } from './catalogue-text.ts';
import type { Part } from './guards.ts';
import { comment, jsonObject, literal, member } from './powershell-text.ts';
import { distinct, keyOf } from './recording.ts';
import type { Turn } from './replay.ts';
import { placeIn } from './parameters.ts';
import { ScriptWriter } from './script-writer.ts';
import { SeenNames } from './seen-names.ts';
import type { Made, Setting } from './setting.ts';
import type { Wanted } from './wanted.ts';

/** All that is known of a step by which its file is written. */
export interface StepOnPaper extends Setting {
  readonly step: Step;
  readonly wanted: readonly Wanted[];
  readonly guards: readonly (readonly Part[])[];
  /** Says what it is, where it is run, and why: lines of a comment. */
  readonly head: string;
}

/** Where what all files share begins and ends: nothing in between is of the step. */
export const SHARED = { begin: '#region What every file shares', end: '#endregion' } as const;

/** The file of one step, in PowerShell; null where it looks at nothing on any host. */
export function stepFile(paper: StepOnPaper): string | null {
  const names = new SeenNames(paper);
  const writer = new ScriptWriter(paper, names);
  const made = looksOf(paper);
  const isFirst = new Set(paper.performed.looks.map(keyOf));
  const late = new Set(made.map(({ call }) => call).filter((call) => !isFirst.has(keyOf(call))));
  const look = writer.looks(made, late);
  if (look === '') return null;
  const change = writer.change(turn(paper, 'work'), (one) => conditionOf(paper, names, one));
  const blocks = [
    ['look', look],
    ['wanted', wantedBlock(paper, names)],
    ...(paper.step.kind === 'change' ? [['change', change] as const] : []),
  ] as const;
  return [
    '#Requires -Version 5.1',
    comment(paper.head),
    '',
    writer.scripts(),
    '',
    ...blocks.map(([name, text]) => `$${name} = {\n${text}\n}\n`),
    `${SHARED.begin}\n${sharedText()}\n${SHARED.end}\n`,
    ...commandsOf(paper),
    '',
  ].join('\n');
}

function commandsOf({ step, planned, performed }: StepOnPaper): string[] {
  const start = `Start-Step -Title ${literal(planned.title)} -ComputerName ${literal(planned.host)}`;
  if (step.kind === 'check')
    return [start, `Test-Step -Look $look -Wanted $wanted -Advice ${literal(performed.after.advice ?? '')}`];
  const question = performed.before.gate ?? `${planned.title} on ${planned.host}?`;
  return [
    start,
    `Complete-Step -Look $look -Wanted $wanted -Change $change -Question ${literal(question)} -Minutes ${planned.patience.settleMinutes}`,
  ];
}

/** What is looked at before the change and after it, in order, each question once. */
function looksOf(paper: StepOnPaper): readonly Made[] {
  const after = turn(paper, 'looksAfter');
  const both = [...turn(paper, 'looks'), ...after];
  return distinct(both.map(({ call }) => call)).flatMap((call) => {
    const key = keyOf(call);
    return after.find((one) => keyOf(one.call) === key) ?? both.find((one) => keyOf(one.call) === key) ?? [];
  });
}

function turn({ performed }: StepOnPaper, name: Turn): readonly Made[] {
  return performed[name].map((call, at) => ({ turn: name, at, call }));
}

/** What is there already needs no change; where every call is made for the same parts, there is nothing to tell apart. */
function conditionOf({ guards }: StepOnPaper, names: SeenNames, { at }: Made): string | null {
  const told = new Set(guards.filter((parts) => parts.length > 0).map((parts) => JSON.stringify(parts)));
  const parts = guards[at] ?? [];
  if (parts.length === 0 || (told.size === 1 && guards.filter((one) => one.length > 0).length > 1))
    return null;
  const of = placesOf(
    names,
    parts.filter(({ isGone }) => !isGone),
  );
  const gone = placesOf(
    names,
    parts.filter(({ isGone }) => isGone),
  );
  return [
    'Test-Missing',
    ...(of.length > 0 ? [`-Of ${of.join(', ')}`] : []),
    ...(gone.length > 0 ? [`-Gone ${gone.join(', ')}`] : []),
  ].join(' ');
}

/** Many places in one answer are told as that answer. */
function placesOf(names: SeenNames, parts: readonly Part[]): readonly string[] {
  const paths = parts.flatMap(({ at, path }) => {
    const name = names.nameOf('looksAfter', at);
    if (name === null) return [];
    const isMany = parts.filter((part) => part.at === at).length > MANY;
    return [literal((isMany ? [name] : [name, ...path]).join('.'))];
  });
  return [...new Set(paths)];
}

const MANY = 3;

function wantedBlock({ wanted }: StepOnPaper, names: SeenNames): string {
  const byName: [string, unknown][] = [];
  const told: string[] = [];
  for (const { at, answer, sameAs } of wanted) {
    const name = names.nameOf('looksAfter', at);
    if (name === null) continue;
    byName.push([name, answer]);
    for (const { path, other } of sameAs) {
      if (names.isAmbiguous({ turn: 'looksAfter', ...other })) continue;
      const origin = names.expressionOf({ turn: 'looksAfter', ...other });
      if (origin !== null) told.push(`$want${member(name)}${placeIn(path)} = Get-Wanted -From { ${origin} }`);
    }
  }
  return [`$want = ${jsonObject(Object.fromEntries(byName))}`, ...told, '$want'].join('\n');
}
