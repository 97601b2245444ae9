import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { onTestFinished } from 'vitest';
import type { RunClient } from '../../src/client.ts';
import { listening } from '../../src/web/listening.ts';
import { readSettings } from '../../src/web/settings/settings.ts';
import { hashOf } from '../../src/web/sign-in/password-hash.ts';
import { UsersFile } from '../../src/web/sign-in/users-file.ts';
import type { Role } from '../../src/web/visitor.ts';

/** A folder for one test, gone when that is over. */
export function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'ssis-ha-room-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

export function writeSettings(directory: string, settings: unknown): void {
  writeFileSync(join(directory, 'control-room.yaml'), stringify(settings));
}

export const PASSWORD = 'a long enough password';
const hash = hashOf(PASSWORD);

/** People whose password is `PASSWORD`. */
export async function people(
  directory: string,
  roles: Readonly<Record<string, readonly Role[]>>,
): Promise<UsersFile> {
  const users = new UsersFile(join(directory, 'users.yaml'));
  for (const [name, has] of Object.entries(roles)) users.add({ name, roles: [...has], password: await hash });
  return users;
}

/** A control room that is open until the test ends; it has no runs. */
export async function openRoom(directory: string, port = 0): Promise<string> {
  const settings = readSettings(directory);
  const room = await listening({ client: withoutRuns, settings, directory, port, owner: 'owner' });
  onTestFinished(room.close);
  return room.address;
}

/** A server that has no runs. */
export const withoutRuns = { list: () => Promise.resolve([]) } as Partial<RunClient> as RunClient;
