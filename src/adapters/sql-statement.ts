import { sqlScripts, type SqlName } from '../../activities/scripts/index.ts';
import { scriptText } from './script-files.ts';

/** What a statement does about the instance's fence before anything else. */
export type AboutFence = 'nothing' | 'takes it' | 'holds it';

const PRELUDE = { 'takes it': 'take-fence.sql', 'holds it': 'under-fence.sql' } as const;

/** The text of a statement: the first of a change takes the fence, the others see to it that they still hold it. */
export function statementOf(name: SqlName, fence: AboutFence): string {
  const text = scriptText('sql', sqlScripts[name].file);
  return fence === 'nothing' ? text : `${scriptText('sql', PRELUDE[fence])}\n${text}`;
}
