import { sqlBehind, sqlFencePreludes, type AboutFence } from '../../activities/scripts/fence.ts';
import { sqlScripts, type SqlName } from '../../activities/scripts/index.ts';
import { scriptText } from './script-files.ts';

/** The text of a statement, behind what it does about the fence. */
export function statementOf(name: SqlName, fence: AboutFence): string {
  const text = scriptText('sql', sqlScripts[name].file);
  return fence === 'nothing' ? text : sqlBehind(scriptText('sql', sqlFencePreludes[fence]), text);
}
