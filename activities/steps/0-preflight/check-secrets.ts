import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import { OperatorError } from '../../failures.ts';
import type { SecretsPort } from '../../ports.ts';
import type { Finding } from '../../requests/lines.ts';
import { secretsReadOn } from '../../secret-references.ts';
import { everyHost } from '../hosts.ts';

/**
 * Secrets are read where they are needed and when they are needed, which may be hours after the start: whether
 * each agent can read its own is asked now. Nothing is said of their values, and no password is tried.
 */
export const checkSecrets = defineFindings({
  id: 'check-secrets',
  title: 'Look whether the secrets can be read',
  why: 'An agent that cannot read a password stops in the middle, with half of the estate built.',
  on: everyHost,
  after: [{ sameHost: 'check-host' }],
  takes: (site, host) => ({ references: byFolder(secretsReadOn(site, host)) }),

  observed: z.strictObject({
    unreadable: z.array(z.strictObject({ message: z.string(), advice: z.string() })),
  }),
  async probe({ secrets }, { references }) {
    const tried = await Promise.all(unfolded(references).map((reference) => faultOf(reference, secrets)));
    return { unreadable: tried.filter((fault) => fault !== null) };
  },
  findings: ({ unreadable }) =>
    unreadable.map(({ message, advice }): Finding => ({
      id: 'secret-unreadable',
      line: 'secrets',
      fault: message,
      // What is said of all findings together says once to retry.
      advice: advice.replace(/, then retry\.$/, '.'),
    })),
});

/** Most secrets of a site lie in one folder, which is named once: a step takes little of the site. */
function byFolder(references: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const folders: Record<string, string[]> = {};
  for (const reference of references) {
    const cut = Math.max(reference.lastIndexOf('/'), reference.lastIndexOf('\\'), reference.indexOf(':')) + 1;
    (folders[reference.slice(0, cut)] ??= []).push(reference.slice(cut));
  }
  return folders;
}

function unfolded(folders: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(folders).flatMap(([folder, names]) => names.map((name) => `${folder}${name}`));
}

async function faultOf(reference: string, secrets: SecretsPort) {
  try {
    await secrets.resolve(reference);
    return null;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { message: error.message, advice: error.advice };
  }
}
