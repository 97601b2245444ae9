import { expect, test } from 'vitest';
import { ROLES } from '../../src/web/visitor.ts';
import { shownRun } from '../cli/snapshots.ts';
import { clientOf, signedIn } from './signed-in.ts';

/* Files are saved by what the answer says; a refusal of one must be read, and not saved in its place. */

test.each([
  ['steps', 'report'],
  ['what-if', 'by-hand'],
])('the link on /%s to /%s asks no browser to save whatever comes', async (shown, file) => {
  const run = shownRun();
  const page = await (await (await signedIn(ROLES, clientOf(run))).get(`/runs/${run.runId}/${shown}`)).text();
  const [link] = new RegExp(`<a [^>]*/${file}"[^>]*>`).exec(page) ?? [''];
  expect(link).not.toBe('');
  expect(link).not.toMatch(/ download/);
});
