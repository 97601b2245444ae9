import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeUpState } from '../../src/up/state.ts';
import { SiteFiles } from '../../src/web/new-run/site-files.ts';
import { withoutRuns, writeSettings } from './sign-in-room.ts';
import { signedIn } from './signed-in.ts';

/* The files that can be picked where a run begins. */

test('only site files are offered and read, never the people and their hashes', async () => {
  const room = await signedIn(['viewer'], withoutRuns);
  const at = (name: string) => join(room.directory, name);
  writeSettings(room.directory, { users: 'users.yaml' });
  mkdirSync(at('sites'));
  for (const name of ['mine.yaml', 'sites/kept.yaml']) writeFileSync(at(name), 'site: mine\nnodes: [');
  for (const name of ['notes.yaml', 'sites/other.yml']) writeFileSync(at(name), 'secret: of somebody\n');
  const page = await (await room.get('/new')).text();
  for (const name of ['mine.yaml', 'sites/kept.yaml']) expect(page).toContain(at(name));
  const withheld = ['users.yaml', 'control-room.yaml', 'notes.yaml', 'sites/other.yml'];
  for (const name of withheld) {
    expect(page).not.toContain(at(name));
    const picked = await (await room.get(`/new?file=${encodeURIComponent(at(name))}`)).text();
    expect(picked).not.toMatch(/scrypt|secret: of somebody|users: users.yaml/);
  }
  expect(readFileSync(at('users.yaml'), 'utf8')).toContain('scrypt');
});

test('the site of the folder’s "up" is offered wherever it lies, and with all its faults', async () => {
  const room = await signedIn(['viewer'], withoutRuns);
  const elsewhere = join(room.directory, 'elsewhere.site');
  writeFileSync(elsewhere, '# no site yet');
  const nobody = { server: null, lab: null, control: null, controlRoom: null, agents: {} };
  const told = { temporalAddress: '', temporalUi: '', controlRoom: null, processes: nobody };
  writeUpState(room.directory, { ...told, site: elsewhere }, process.pid);
  const page = await (await room.get(`/new?file=${encodeURIComponent(elsewhere)}`)).text();
  expect(page).toContain('# no site yet');
});

test('references of a text that was written on the page count from the folder, where its secrets lie', async () => {
  const room = await signedIn(['operator'], withoutRuns);
  const path = new SiteFiles(room.directory).keep('operator: { password: file:secrets/a }\n', '', 'mine');
  expect(readFileSync(path, 'utf8')).toContain(`file:${join(room.directory, 'secrets', 'a')}`);
});

test.each([
  [1_900_000, 200],
  [2_100_000, 413],
])('of an upload of %i bytes comes %i: nobody fills the memory with one', async (size, status) => {
  const room = await signedIn(['viewer'], withoutRuns);
  const form = new FormData();
  form.set('deed', 'check');
  form.set('upload', new File(['#'.repeat(size)], 'site.yaml'));
  expect((await room.post('/new', form)).status).toBe(status);
});
