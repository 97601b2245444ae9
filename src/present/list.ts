import type { ListedRun } from '../client/list-runs.ts';
import { counted } from './measures.ts';
import { dayAndTime, dim, toned, type Style } from './style.ts';
import { LISTED_WORDS, UNSOUND } from './words.ts';

/** Runs, one a line. */
export function presentList(runs: readonly ListedRun[], style: Style): readonly string[] {
  if (runs.length === 0) return [`No run yet. To rehearse one: ${style.command('rehearse SITE')}`];
  const idColumn = Math.max(...runs.map(({ workflowId }) => workflowId.length));
  const stateColumn = Math.max(...runs.map(({ state }) => LISTED_WORDS[state].word.length));
  return runs.map((run) => {
    const { word, tone } = LISTED_WORDS[run.state];
    const asks = run.questions > 0 ? ` · ${counted(run.questions, 'question')}` : '';
    const proof = run.proof === null ? '' : ` · ${run.proof}`;
    const found = run.isSound === false ? ` · ${UNSOUND}` : '';
    const facts = `${dayAndTime(run.startedAt)} by ${run.startedBy} · ${run.runId}${proof}${found}${asks}`;
    return `${run.workflowId.padEnd(idColumn)}  ${toned(word.padEnd(stateColumn), tone, style)}  ${dim(facts, style)}`;
  });
}
