import { CommanderError } from 'commander';
import { Misuse, OperatorError } from '../failures.ts';
import { packageVersion } from '../package-root.ts';
import { FAILED, MISUSED } from './exit-codes.ts';

/** What a failure tells whoever typed the command, and the exit code that it means. */
export interface Report {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

export function reportOf(error: unknown): Report {
  if (error instanceof CommanderError) {
    // Its words are out already; help and version are no misuse.
    return { lines: [], exitCode: error.exitCode === 0 ? 0 : MISUSED };
  }
  if (error instanceof OperatorError) {
    return { lines: [error.message, error.advice], exitCode: isMisuse(error) ? MISUSED : FAILED };
  }
  return { lines: unforeseen(error), exitCode: FAILED };
}

/** A site file with faults is an argument that cannot be used, as an option that does not exist. */
function isMisuse(error: OperatorError): boolean {
  return error instanceof Misuse || 'faults' in error;
}

function unforeseen(error: unknown): readonly string[] {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const where =
    error instanceof Error ? (error.stack?.split('\n').find((line) => line.includes(' at ')) ?? '') : '';
  return [
    `Nobody thought of this: ${what}`,
    `Please report it with this line: ssis-ha ${packageVersion}, Node.js ${process.versions.node}, ${where.trim()}`,
  ];
}
