import { execFile } from 'node:child_process';

/** The variables of a process, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly timeoutMs: number;
}

/**
 * Runs a program to its end and gives its standard output.
 * Throws one line that says what went wrong: not there, too slow, or the last line that it complained with.
 */
export async function runProgram({ program, args, env, timeoutMs }: ProgramRun): Promise<string> {
  return await new Promise((resolve, reject) => {
    const options = { env: { ...env }, timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024, windowsHide: true };
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(complaint({ program, error, stderr, timeoutMs })));
    });
  });
}

interface Failure {
  readonly program: string;
  readonly error: Error & { readonly code?: string | number | null; readonly killed?: boolean };
  readonly stderr: string;
  readonly timeoutMs: number;
}

function complaint({ program, error, stderr, timeoutMs }: Failure): string {
  if (error.code === 'ENOENT') return `${program} is not there`;
  if (typeof error.code === 'string') return `${program} cannot be started (${error.code})`;
  if (error.killed === true) return `${program} took longer than ${timeoutMs / 1000} seconds`;
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return `${program} ended with ${error.code ?? 'a signal'}${last === '' ? '' : `: ${withoutCredentials(last)}`}`;
}

/** Mirrors of package registries are often configured as `https://user:password@host/`. */
function withoutCredentials(line: string): string {
  return line.replaceAll(/\/\/[^/\s@]+@/g, '//');
}
