import { expect, onTestFinished, test } from 'vitest';
import { estatesOf, summaryOf, type ShownRun } from '../../src/client.ts';
import { listening } from '../../src/web/listening.ts';
import { readSettings } from '../../src/web/settings/settings.ts';
import { signInLink } from '../../src/web/sign-in/link.ts';
import type { TruthCell } from '../../workflows/contract.ts';
import { shownRun, stepWith } from '../cli/snapshots.ts';
import { HttpBrowser } from './http-browser.ts';
import { MadeUpServer } from './made-up-client.ts';
import { folder } from './sign-in-room.ts';

let day = 1;
/** Each started later than the one before, and over a day later. */
function runOf(site: string, parts: Partial<ShownRun>) {
  day += 1;
  const on = (at: number) => new Date(Date.UTC(2030, 0, at)).toISOString();
  return summaryOf(
    shownRun({ site, runId: `run-${day}`, startedAt: on(day), endedAt: on(day + 1), ...parts }),
  );
}

function verified(site: string, agrees: boolean) {
  const cell = {
    where: 'WORKER-1',
    value: 'a',
    wanted: agrees ? 'a' : 'b',
    mendedBy: 'configure-worker@WORKER-1',
  };
  const places = ['dns-answer', 'presented', 'worker-endpoint', 'worker-pin', 'worker-trust'];
  const truth: readonly TruthCell[] = places.map((place) => ({ ...cell, place, agrees }));
  const step = stepWith({ id: 'check-worker-truth', host: 'WORKER-1', state: 'in-place', truth });
  return runOf(site, { mode: 'verify', state: 'done', steps: [step] });
}

const lastFirst = <Item>(items: readonly Item[]) => items.toReversed();

test('an estate stands as its last run left it, whatever was rehearsed or verified since', () => {
  const built = runOf('one', { state: 'done', proof: 'failover proven' });
  const verification = verified('one', true);
  const rehearsal = runOf('one', { mode: 'rehearse', state: 'rehearsed' });
  const other = runOf('other', { mode: 'rehearse', state: 'rehearsed' });
  const goingOn = runOf('one', { mode: 'verify', state: 'running', endedAt: null });
  expect(estatesOf(lastFirst([built, verification, rehearsal, other, goingOn]))).toEqual([
    { site: 'one', run: built, verification },
    { site: 'other', run: other, verification: null },
  ]);
});

test('the list of runs says of each estate how it stands, whether failover is proven and what the last look found', async () => {
  const server = new MadeUpServer();
  const runs = [
    runOf('built', { state: 'done', proof: 'failover proven' }),
    runOf('bare', { state: 'done', proof: 'failover not proven' }),
    runOf('undone', { state: 'undone' }),
    verified('bare', false),
    verified('built', true),
    { ...verified('undone', true), state: 'unseen', isSound: null } as const,
  ];
  server.list = () => Promise.resolve(lastFirst(runs));
  const directory = folder();
  const settings = readSettings(directory);
  const room = await listening({ client: server.client, settings, directory, port: 0, owner: 'owner' });
  onTestFinished(room.close);
  const { text } = await new HttpBrowser().open(signInLink(room.address, directory));
  const rowOf = (site: string) =>
    (new RegExp(`<tr id="estate-${site}">(.*?)</tr>`, 's').exec(text)?.[1] ?? '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
  expect(rowOf('built')).toMatch(/^built done .* proven all agrees/);
  expect(rowOf('bare')).toMatch(/^bare done .* not proven needs a look/);
  expect(rowOf('undone')).toMatch(/^undone undone/);
  expect(rowOf('undone')).toMatch(/cannot be seen now/);
  expect(rowOf('undone')).not.toMatch(/proven|agrees|needs a look/);
});
