import { expect, onTestFinished, test, vi } from 'vitest';
import { listening } from '../../src/web/listening.ts';
import { readSettings } from '../../src/web/settings/settings.ts';
import { signInLink } from '../../src/web/sign-in/link.ts';
import { HttpBrowser } from './http-browser.ts';
import { MadeUpServer } from './made-up-client.ts';
import { folder } from './sign-in-room.ts';

test('what nobody expected is a page for the visitor, and a place in the code for the log', async () => {
  const server = new MadeUpServer();
  server.list = () => Promise.reject(new TypeError('of its inside'));
  const directory = folder();
  const settings = readSettings(directory);
  const room = await listening({ client: server.client, settings, directory, port: 0, owner: 'owner' });
  onTestFinished(room.close);
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => log.mockRestore());
  const { status, text } = await new HttpBrowser().open(signInLink(room.address, directory));
  expect(status).toBe(500);
  expect(text).toContain('could not do this');
  expect(text).not.toContain('of its inside');
  expect(log.mock.calls.join('')).toMatch(/GET \/: TypeError: of its inside\n +at .*unexpected\.test\.ts/);
});
