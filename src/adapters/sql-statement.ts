import { sqlScripts, type SqlName } from '../../activities/scripts/index.ts';
import { scriptText } from './script-files.ts';

/** The text of a statement; what changes something checks first that its session holds the fence. */
export function statementOf(name: SqlName): string {
  const script = sqlScripts[name];
  const text = scriptText('sql', script.file);
  return script.effect === 'change' ? `${scriptText('sql', 'under-fence.sql')}\n${text}` : text;
}
