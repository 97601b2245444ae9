import { duration } from '../../present/measures.ts';
import { isMoving } from '../../../workflows/contract.ts';
import { STEP_WORDS } from '../../present/words.ts';
import type { ShownStep } from '../../client/shown-run.ts';
import { Since } from './moment.tsx';
import { Part } from './part.tsx';
import type { RunSight } from './run-sight.ts';
import { StepTells } from './step-tells.tsx';

interface RowProps {
  /** Of the step. */
  readonly id: string;
  /** The same step on each of its hosts. */
  readonly steps: readonly ShownStep[];
  readonly hosts: readonly string[];
  readonly sight: RunSight;
}

/** One step on all its hosts; what a reader must know of it stands below its title. */
export function StepRow({ id, steps, hosts, sight }: RowProps) {
  const part = `step-${id}`;
  const [first] = steps;
  return (
    <Part id={part}>
      <tr id={part}>
        <th scope="row">
          <span class="title">{first?.title}</span> <code class="id">{id}</code>
          {steps.map((step) => (
            <StepTells step={step} host={step.host} />
          ))}
        </th>
        {hosts.map((host) => {
          const step = steps.find((candidate) => candidate.host === host);
          return step ? <Cell step={step} sight={sight} /> : <td class="none" />;
        })}
      </tr>
    </Part>
  );
}

function Cell({ step, sight }: { readonly step: ShownStep; readonly sight: RunSight }) {
  const { symbol, tone, word } = STEP_WORDS[step.state];
  return (
    <td class={`cell ${tone}`} data-host={step.host} title={`${step.key}: ${word}`}>
      <span class={`symbol ${tone}`} aria-hidden="true">
        {symbol}
      </span>{' '}
      <span class="word">{word}</span>
      {step.tries > 1 && <span class="tries"> try {step.tries}</span>}
      <LengthOf step={step} sight={sight} />
    </td>
  );
}

function LengthOf({ step, sight }: { readonly step: ShownStep; readonly sight: RunSight }) {
  if (step.startedAt === null || step.state === 'in-place') return null;
  const average = sight.lengths[step.id]?.averageMs;
  return (
    <span class="length">
      {' '}
      {step.endedAt === null ? (
        <Since iso={step.startedAt} nowMs={sight.nowMs} />
      ) : (
        duration(Date.parse(step.startedAt), Date.parse(step.endedAt))
      )}
      {average !== undefined && (isMoving(step) || step.state === 'changed') && (
        <span class="average"> ({duration(0, average)} on average)</span>
      )}
    </span>
  );
}
