import { readFileSync } from 'node:fs';
import { OperatorError } from '../../activities/failures.ts';

/** The PEM file of a `file:PATH`; `named` is the key of the site file that says so. */
export function readAuthorities(reference: string, named: string): Buffer {
  const file = reference.replace(/^file:/, '');
  try {
    return readFileSync(file);
  } catch (error) {
    throw new OperatorError(
      `The authorities in ${file}, which ${named} names, cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Put the file there, readable by the account of the agent, then retry.',
    );
  }
}
