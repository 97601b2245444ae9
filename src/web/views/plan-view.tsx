import type { PlannedStep } from '../../../workflows/contract.ts';
import type { ShownPlan } from '../../client/shown-plan.ts';
import type { ShownRun, ShownStep } from '../../client/shown-run.ts';
import { counted } from '../../present/measures.ts';
import { notesOn } from '../../present/planned-step.ts';
import { chapterTitle } from '../../present/words.ts';
import { Part } from './part.tsx';
import { StepTells } from './step-tells.tsx';

interface PlanProps {
  readonly plan: ShownPlan;
  /** What is known of its steps by now; null before anybody looked. */
  readonly run: ShownRun | null;
}

/** The plan as it will be performed: per step what would change, and the counts at the foot. */
export function PlanView({ plan, run }: PlanProps) {
  const chapters = [...new Set(plan.steps.map(({ chapter }) => chapter))];
  const seen = new Map(run?.steps.map((step) => [step.key, step]));
  const foresights = plan.steps.map((step) => foresightOf(step, seen.get(step.key) ?? null, run));
  return (
    <div class="plan">
      {chapters.map((chapter) => (
        <section>
          <h2>
            {chapter} {chapterTitle(chapter)}
          </h2>
          <ul>
            {plan.steps.map((step, at) =>
              step.chapter === chapter ? (
                <PlannedLine
                  step={step}
                  foresight={foresights[at] ?? 'unknown'}
                  seen={seen.get(step.key) ?? null}
                />
              ) : null,
            )}
          </ul>
        </section>
      ))}
      <Part id="plan-foot">
        <p id="plan-foot" class="foot">
          <strong>{footOf(foresights, run)}</strong> Plan <code>{plan.hash}</code>, made by ssis-ha{' '}
          {plan.build.version}.
        </p>
      </Part>
    </div>
  );
}

/** What is known beforehand of a step. */
type Foresight = 'looks' | 'may change' | 'would change' | 'in place' | 'unknown' | 'in the way' | 'done';

const FORESIGHT: Readonly<Record<Foresight, { readonly mark: string; readonly tone: string }>> = {
  looks: { mark: '=', tone: 'quiet' },
  'may change': { mark: '~', tone: 'moves' },
  'would change': { mark: '~', tone: 'asks' },
  'in place': { mark: '=', tone: 'good' },
  unknown: { mark: '?', tone: 'quiet' },
  'in the way': { mark: '!', tone: 'bad' },
  done: { mark: '+', tone: 'good' },
};

function foresightOf(planned: PlannedStep, step: ShownStep | null, run: ShownRun | null): Foresight {
  if (step?.problem) return 'in the way';
  if (step?.state === 'in-place') return 'in place';
  if (step?.state === 'changed') return 'done';
  if (step !== null && step.shortfall.length > 0) {
    return step.shortfall.some((line) => line.startsWith('cannot be seen yet')) ? 'unknown' : 'would change';
  }
  if (run?.state === 'rehearsed') return 'unknown';
  return planned.kind === 'check' ? 'looks' : 'may change';
}

interface LineProps {
  readonly step: PlannedStep;
  readonly foresight: Foresight;
  readonly seen: ShownStep | null;
}

function PlannedLine({ step, foresight, seen }: LineProps) {
  const { mark, tone } = FORESIGHT[foresight];
  const id = `plan-${step.key}`;
  return (
    <Part id={id}>
      <li id={id}>
        <span class={`mark ${tone}`} aria-hidden="true">
          {mark}
        </span>{' '}
        <span class="title">{step.title}</span> <span class="host">{step.host}</span>{' '}
        <span class={tone}>{foresight}</span>
        <small> {notesOn(step).join(' · ')}</small>
        {seen !== null && <StepTells step={seen} />}
      </li>
    </Part>
  );
}

/** As plans are summed up: what there is to do, what is done, what cannot be known yet. */
function footOf(foresights: readonly Foresight[], run: ShownRun | null): string {
  const count = (...meant: readonly Foresight[]) => foresights.filter((one) => meant.includes(one)).length;
  if (run === null) {
    return `${counted(foresights.length, 'step')}: ${count('may change')} that may change something, ${count('looks')} that only look.`;
  }
  const wayward = count('in the way');
  return [
    `Plan: ${count('would change', 'may change')} to change`,
    `${count('in place', 'done')} in place`,
    `${count('unknown', 'looks')} not known yet`,
    ...(wayward > 0 ? [`${wayward} in the way`] : []),
  ]
    .join(', ')
    .concat('.');
}
