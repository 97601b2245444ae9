import {
  powershellScripts,
  sqlScripts,
  type PowerShellName,
  type SqlName,
} from '../activities/scripts/index.ts';

/** One script that somebody asks the estate for, over whichever wire. */
export type Call = PowerShellCall | SqlCall;

interface PowerShellCall {
  readonly kind: 'powershell';
  /** Names the call over reconnections, so that one which took effect is not done twice. */
  readonly id: string;
  readonly host: string;
  readonly script: PowerShellName;
  readonly parameters: unknown;
  readonly signal: AbortSignal;
}

interface SqlCall {
  readonly kind: 'sql';
  readonly host: string;
  readonly instance: string;
  readonly login: string;
  readonly script: SqlName;
  readonly parameters: unknown;
  readonly signal: AbortSignal;
}

export function scriptOf(call: Call): { readonly effect: 'look' | 'change' } {
  return call.kind === 'sql' ? sqlScripts[call.script] : powershellScripts[call.script];
}

/** A call whose line is cut: whoever waits for it hears nothing more. */
export class LineCut extends Error {
  override readonly name = 'LineCut';
}

/** The error of a planted fault: the right is missing. */
export class RefusedByFault extends Error {
  override readonly name = 'RefusedByFault';

  constructor(script: string) {
    super(`The right to do ${script} is missing`);
  }
}
