/**
 * What a statement or command does about the fence before anything else: the first of a change takes it, and
 * every further statement sees to it that its session still holds it. A shell that lost its fence is gone itself.
 */
export type AboutFence = 'nothing' | keyof typeof sqlFencePreludes;

/** The files that stand before such a statement; no scripts by themselves. */
export const sqlFencePreludes = { 'takes it': 'take-fence.sql', 'holds it': 'under-fence.sql' } as const;

/** The file that stands before the first command of a change. */
export const POWERSHELL_FENCE_PRELUDE = 'take-fence.ps1';

/** The id of the error by which that file says that another holds the fence. */
export const POWERSHELL_FENCE_IS_HELD = 'SsisHaFenceIsHeld';

export function sqlBehind(prelude: string, statement: string): string {
  return `${prelude}\n${statement}`;
}

/** Each with a scope of its own, so that the script is run as it would be alone. */
export function powershellBehind(prelude: string, script: string): string {
  return `param($parameters)\n& {\n${prelude}\n}\n& {\n${script}\n} $parameters\n`;
}
