import { powershellScripts, sqlScripts } from '../../activities/scripts/index.ts';

/** Scripts by which a step that may run only once changes something. */
export function onceScripts(): ReadonlySet<string> {
  const lines = Object.entries({ ...powershellScripts, ...sqlScripts });
  return new Set(lines.filter(([, { repeat }]) => repeat === 'once').map(([name]) => name));
}
