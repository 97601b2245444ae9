import { STEP_WORDS } from '../../present/words.ts';
import type { ShownStep } from '../../client/shown-run.ts';
import { Part } from './part.tsx';
import type { RunSight } from './run-sight.ts';
import { StepLength, type Pasts } from './step-length.tsx';
import { StepTells } from './step-tells.tsx';

interface RowProps {
  /** Of the step. */
  readonly id: string;
  /** The same step on each of its hosts. */
  readonly steps: readonly ShownStep[];
  readonly hosts: readonly string[];
  readonly sight: RunSight;
  readonly pasts: Pasts;
}

/** One step on all its hosts; what a reader must know of it stands below its title. */
export function StepRow({ id, steps, hosts, sight, pasts }: RowProps) {
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
          return step ? <Cell step={step} sight={sight} pasts={pasts} /> : <td class="none" />;
        })}
      </tr>
    </Part>
  );
}

function Cell({ step, sight, pasts }: Pick<RowProps, 'sight' | 'pasts'> & { readonly step: ShownStep }) {
  const { lengths, events, nowMs } = sight;
  const { symbol, tone, word } = STEP_WORDS[step.state];
  return (
    <td class={`cell ${tone}`} data-host={step.host} title={`${step.key}: ${word}`}>
      <span class={`symbol ${tone}`} aria-hidden="true">
        {symbol}
      </span>{' '}
      <span class="word">{word}</span>
      {step.tries > 1 && <span class="tries"> try {step.tries}</span>}
      <StepLength
        step={step}
        past={pasts.get(step.key) ?? []}
        lengths={lengths}
        isExact={events.length > 0}
        nowMs={nowMs}
      />
    </td>
  );
}
