import { readFile } from 'node:fs/promises';
import { OperatorError } from '../../activities/failures.ts';
import type { SecretsPort } from '../../activities/ports.ts';
import { Secret } from '../../activities/secret.ts';

/** Resolves `env:NAME` and `file:PATH` on the machine where the worker runs. */
export const secrets: SecretsPort = {
  async resolve(reference) {
    const [, kind, place = ''] = /^(env|file):(.+)$/s.exec(reference) ?? [];
    if (kind === 'env') return fromEnvironment(place);
    if (kind === 'file') return fromFile(place);
    throw new OperatorError(
      `"${reference}" is no reference to a secret`,
      'Write env:NAME or file:PATH in the site file, then start again.',
    );
  },
};

function fromEnvironment(name: string): Secret {
  const value = process.env[name];
  if (value) return new Secret(value);
  throw new OperatorError(
    `The environment of this agent has no ${name}`,
    `Set ${name} for the agent, start it again, then retry.`,
  );
}

/** Of a password file, the first line. */
async function fromFile(path: string): Promise<Secret> {
  try {
    const [line = ''] = (await readFile(path, 'utf8')).split(/\r?\n/);
    if (line !== '') return new Secret(line);
  } catch (error) {
    throw new OperatorError(
      `The secret in ${path} cannot be read (${codeOf(error)})`,
      'Put the file there, readable by the account of the agent, then retry.',
    );
  }
  throw new OperatorError(`The secret in ${path} is empty`, 'Write it into the first line, then retry.');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
}
