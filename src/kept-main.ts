import { OperatorError } from './failures.ts';

/** Performs what a program is for and ends it; what goes wrong is told as to a person, on standard error. */
export async function performAndExit(work: () => Promise<void>): Promise<never> {
  try {
    await work();
    process.exit(0);
  } catch (error) {
    const told =
      error instanceof OperatorError
        ? `${error.message}\n${error.advice}`
        : String(error instanceof Error ? error.stack : error);
    process.stderr.write(`${told}\n`);
    process.exit(1);
  }
}

/** Answers when the program is to end: by a signal, or because its keeper is gone. */
export function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const end of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(end, () => resolve());
  });
}
