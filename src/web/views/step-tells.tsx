import { PROBLEM_WORDS } from '../../present/words.ts';
import type { Finding } from '../../../workflows/contract.ts';
import type { ShownStep } from '../../client/shown-run.ts';
import { Moment } from './moment.tsx';

interface TellsProps {
  readonly step: ShownStep;
  /** Where it is not said beside it. */
  readonly host?: string;
}

/** Of a step that is not simply going on: what is missing, what was found, what failed, what it waits for. */
export function StepTells({ step, host }: TellsProps) {
  const { problem, waiting, waitsUntil, shortfall, state, findings = [] } = step;
  const isToTell = state === 'pending' || state === 'kept';
  const missing = problem === null && isToTell && findings.length === 0 ? shortfall : [];
  const isQuiet = [problem, waiting, waitsUntil].every((told) => told === null);
  if (isQuiet && missing.length === 0 && findings.length === 0) return null;
  return (
    <div class="tells">
      {host !== undefined && <strong>{host}</strong>}
      {problem !== null && (
        <>
          <p class="bad">
            {problem.kind === 'operator' ? '' : `${PROBLEM_WORDS[problem.kind]}: `}
            {problem.message}
          </p>
          <p>{problem.advice}</p>
        </>
      )}
      {missing.map((line) => (
        <p>{line}</p>
      ))}
      {findings.map((finding) => (
        <Found finding={finding} />
      ))}
      {waitsUntil !== null && (
        <p>
          Its window opens at <Moment iso={waitsUntil} form="day" />.
        </p>
      )}
      {waiting !== null && (
        <p>
          Waiting: {waiting.message} (attempt {waiting.attempt}{' '}
          {waiting.nextAt === null ? 'under way' : <Moment iso={waiting.nextAt} />})
        </p>
      )}
    </div>
  );
}

function Found({ finding: { id, severity, seen, advice, sheet, accepted } }: { readonly finding: Finding }) {
  const tone = severity === 'error' ? 'bad' : accepted === null ? 'asks' : 'quiet';
  return (
    <p>
      <span class={tone}>
        <strong>{accepted === null ? severity : `${severity}, accepted`}</strong> <code>{id}</code> {seen}
      </span>{' '}
      {advice}
      {sheet !== null && ` See ${sheet}.`}
      {accepted !== null && ` Accepted by ${accepted.by} until ${accepted.until}: ${accepted.reason}.`}
    </p>
  );
}
