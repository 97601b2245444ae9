import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { isPassword } from '../../src/web/sign-in/password-hash.ts';
import { UsersFile } from '../../src/web/sign-in/users-file.ts';
import { folder, PASSWORD, writeSettings } from './sign-in-room.ts';

/* The command that keeps the users file, as it was built. */

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function ssisHa(directory: string, words: readonly string[], input = ''): Promise<Said> {
  const command = [join(packageRoot, 'dist', 'cli.js'), ...words, '--dir', directory];
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = once(child, 'exit') as Promise<[number]>;
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

const add = (directory: string, name: string, password = PASSWORD) =>
  ssisHa(directory, ['user', 'add', name, '--role', 'approver', '--password-stdin'], `${password}\n`);

test('somebody who was added is in the file, hashed, and nobody else can read it', async () => {
  const directory = folder();
  const added = await add(directory, 'CONTOSO\\dba-1');
  expect(added).toMatchObject({ code: 0, err: '' });
  expect(added.out).toContain('name it under "users"');
  const file = join(directory, 'control-room', 'users.yaml');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toContain(PASSWORD);
  const { password, roles } = new UsersFile(file).member('contoso\\dba-1');
  expect(roles).toEqual(['approver']);
  expect(await isPassword(PASSWORD, password)).toBe(true);
  expect(await isPassword(`${PASSWORD} `, password)).toBe(false);
  const { out } = await ssisHa(directory, ['user', 'list', '--json']);
  expect(JSON.parse(out)).toEqual({ file, users: [{ name: 'CONTOSO\\dba-1', roles: ['approver'] }] });
});

test('a password changes, and somebody goes, in the file that the settings name', async () => {
  const directory = folder();
  writeSettings(directory, { users: 'people.yaml' });
  await add(directory, 'alice');
  const users = new UsersFile(join(directory, 'people.yaml'));
  const before = users.member('alice').password;
  await ssisHa(directory, ['user', 'password', 'ALICE', '--password-stdin'], 'another long password\n');
  expect(users.member('alice').password).not.toBe(before);
  expect((await ssisHa(directory, ['user', 'remove', 'Alice'])).out).toBe('Removed alice.\n');
  expect(users.read()).toEqual([]);
});

test.each([
  ['alice', 'too short', 'The password has 9 characters'],
  ['alice', '', 'The password has 0 characters'],
  ['alexander', 'alexander-2030', 'The password holds the name of its owner'],
  ['a\nb', PASSWORD, '"a\\nb" is no name'],
  ['a\u202eb', PASSWORD, 'is no name'],
  [' ', PASSWORD, 'is no name'],
])('the user %j with %j is not added', async (name, password, why) => {
  const directory = folder();
  const { code, err } = await add(directory, name, password);
  expect(code).toBe(2);
  expect(err).toContain(why);
  expect(err.includes(password)).toBe(password === '');
});

test('a name stands for one person, in capitals or not', async () => {
  const directory = folder();
  await add(directory, 'alice');
  const again = await add(directory, 'ALICE');
  expect(again).toMatchObject({ code: 2 });
  expect(again.err).toContain('alice is there already');
});

test('two changes at once: the second is told, and nothing is lost', async () => {
  const directory = folder();
  await add(directory, 'alice');
  writeFileSync(join(directory, 'control-room', 'users.yaml.new'), '');
  const { code, err } = await add(directory, 'bob');
  expect(code).toBe(1);
  expect(err).toContain('somebody changes the users at this moment');
  expect(new UsersFile(join(directory, 'control-room', 'users.yaml')).read()).toHaveLength(1);
});

test('a password that nobody could type is asked for on no terminal', async () => {
  const { code, err } = await ssisHa(folder(), ['user', 'add', 'alice', '--role', 'viewer']);
  expect(code).toBe(2);
  expect(err).toContain('--password-stdin');
});

test('the settings are looked at without serving anything', async () => {
  const directory = folder();
  writeSettings(directory, { users: 'people.yaml', listen: { address: '0.0.0.0' } });
  const wrong = await ssisHa(directory, ['ui', '--check']);
  expect(wrong.code).toBe(2);
  expect(wrong.out).toContain('control-room.yaml:3:12 listen.address: is 0.0.0.0, which others reach');
  writeSettings(directory, { users: 'people.yaml' });
  expect((await ssisHa(directory, ['ui', '--check'])).out).toContain('People sign in by name and password.');
});
