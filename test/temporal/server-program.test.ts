import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cachedProgram } from '../../src/temporal/program-cache.ts';
import { judgeVersion } from '../../src/temporal/program-version.ts';
import { findServerProgram, lookForServerProgram } from '../../src/temporal/server-program.ts';
import type { WayToInstall } from '../../src/temporal/way-to-install.ts';
import { saying, script, silently, temporaryDirectory } from './temporary.ts';

test('a program is good from 1.5.1 on, and one without a version when its server is young enough', () => {
  expect(judgeVersion('temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)\n')).toMatchObject({
    version: '1.5.1',
  });
  expect(judgeVersion('temporal version 2.0.0')).toMatchObject({ version: '2.0.0' });
  expect(judgeVersion('temporal version 1.10.0')).toMatchObject({ usable: true });
  expect(judgeVersion('temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)')).toMatchObject({
    usable: true,
  });
  expect(judgeVersion('temporal version 0.0.0-DEV (Server 1.28.0, UI 2.42.1)')).toMatchObject({
    usable: false,
  });
  expect(judgeVersion('tctl version 9.9.9')).toMatchObject({ usable: false });
  expect(judgeVersion('temporal version 1.5.0 (Server 1.29.0, UI 2.41.0)')).toEqual({
    usable: false,
    why: 'is version 1.5.0; at least 1.5.1 is needed',
  });
});

test('the program that TEMPORAL_CLI_PATH names comes before the one on PATH', async () => {
  const home = await temporaryDirectory();
  const named = await script(join(home, 'mine'), saying('1.6.0'));
  await script(join(home, 'bin', 'temporal'), saying('1.7.0'));
  const env = environment(home, { TEMPORAL_CLI_PATH: named });
  expect((await lookForServerProgram({ env })).found).toEqual({
    path: named,
    version: '1.6.0',
    from: 'TEMPORAL_CLI_PATH',
    rejected: [],
  });
});

test('the first program on PATH that is new enough is taken, and it is said why those before were not', async () => {
  const home = await temporaryDirectory();
  const old = await script(join(home, 'old', 'temporal'), saying('1.2.0'));
  const good = await script(join(home, 'bin', 'temporal'), saying('1.7.0'));
  const env = environment(home, {
    TEMPORAL_CLI_PATH: '/nowhere/temporal',
    PATH: `${join(home, 'old')}:${join(home, 'bin')}`,
  });
  expect((await lookForServerProgram({ env })).found).toEqual({
    path: good,
    version: '1.7.0',
    from: 'PATH',
    rejected: [
      { where: 'TEMPORAL_CLI_PATH (/nowhere/temporal)', why: '/nowhere/temporal is not there' },
      { where: `PATH (${old})`, why: 'is version 1.2.0; at least 1.5.1 is needed' },
    ],
  });
});

test('looking installs nothing', async () => {
  const home = await temporaryDirectory();
  const { found, rejected } = await lookForServerProgram({ env: environment(home) });
  expect(found).toBeNull();
  expect(rejected.map(({ where }) => where)).toEqual(['TEMPORAL_CLI_PATH', 'PATH', 'the cache']);
  expect(await readdir(home)).toEqual([]);
});

test('the cache is filled by the first way that works, and used from then on', async () => {
  const home = await temporaryDirectory();
  const env = environment(home);
  const ways = [failing('download', 'is down'), working('pypi', '1.8.2'), failing('go', 'must not be asked')];
  const said: string[] = [];
  const installed = await findServerProgram({ env, ways, narrate: (text) => said.push(text) });
  expect(installed).toMatchObject({ path: cachedProgram(env), version: '1.8.2', from: 'pypi' });
  expect(installed.rejected.at(-1)).toEqual({ where: 'download', why: 'is down' });
  expect(said).toEqual(['fetching from pypi']);
  const again = await findServerProgram({ env, ways: [], narrate: silently });
  expect(again).toMatchObject({ path: cachedProgram(env), from: 'cache' });
});

test('when nothing works, everything that was tried is named with its reason, and the way out', async () => {
  const home = await temporaryDirectory();
  const ways = [failing('download', 'is down'), working('pypi', '1.0.0')];
  const trouble = await findServerProgram({ env: environment(home), ways, narrate: silently }).catch(
    (error: unknown) => error,
  );
  expect(trouble).toHaveProperty(
    'message',
    [
      'No Temporal server program was found, and none could be installed:',
      '  - TEMPORAL_CLI_PATH: is not set',
      '  - PATH: holds no program called temporal',
      `  - the cache: has no ${cachedProgram(environment(home))}`,
      '  - download: is down',
      '  - pypi: what was installed cannot be used: is version 1.0.0; at least 1.5.1 is needed',
    ].join('\n'),
  );
  expect(trouble).toHaveProperty(
    'advice',
    expect.stringContaining('Install the Temporal CLI 1.5.1 or later'),
  );
  expect(await readdir(join(home, 'ssis-ha'))).toEqual([]);
});

test('two installations at once do no harm: one wins, both can use it, nothing is left over', async () => {
  const home = await temporaryDirectory();
  const env = environment(home);
  const bothAreIn = meeting(2);
  const ways = [working('pypi', '1.8.2', bothAreIn)];
  const found = await Promise.all(
    [1, 2].map(async () => await findServerProgram({ env, ways, narrate: silently })),
  );
  expect(found.map(({ path }) => path)).toEqual([cachedProgram(env), cachedProgram(env)]);
  expect(await readdir(join(home, 'ssis-ha'))).toEqual(['temporal']);
  expect((await lookForServerProgram({ env })).found).toMatchObject({ from: 'cache', version: '1.8.2' });
});

test('what a killed installation left is never taken for a program, and is swept away after a day', async () => {
  const home = await temporaryDirectory();
  const env = environment(home);
  const cache = join(home, 'ssis-ha');
  await mkdir(join(cache, 'temporal.new-yesterday'), { recursive: true });
  await utimes(join(cache, 'temporal.new-yesterday'), new Date(0), new Date(0));
  await script(join(cache, 'temporal.new-now', 'bin', 'temporal'), 'half a progr');
  const found = await findServerProgram({ env, ways: [working('pypi', '1.8.2')], narrate: silently });
  expect(found).toMatchObject({ version: '1.8.2', from: 'pypi' });
  expect((await readdir(cache)).sort()).toEqual(['temporal', 'temporal.new-now']);
});

test('a cached program that does not run any more is replaced', async () => {
  const home = await temporaryDirectory();
  const env = environment(home);
  await mkdir(join(home, 'ssis-ha', 'temporal', 'bin'), { recursive: true });
  await writeFile(cachedProgram(env), '', { mode: 0o755 });
  const found = await findServerProgram({ env, ways: [working('pypi', '1.8.2')], narrate: silently });
  expect(found).toMatchObject({ version: '1.8.2', from: 'pypi' });
  expect(await readdir(join(home, 'ssis-ha'))).toEqual(['temporal']);
});

/** An environment of its own in which `<home>/bin` is the PATH, beside what a shell script itself needs. */
function environment(
  home: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return { PATH: join(home, 'bin'), XDG_CACHE_HOME: home, ...more };
}

function failing(from: WayToInstall['from'], why: string): WayToInstall {
  return { from, where: from, install: async () => await Promise.reject(new Error(why)) };
}

function working(
  from: WayToInstall['from'],
  version: string,
  whenIn = async () => await Promise.resolve(),
): WayToInstall {
  return {
    from,
    where: from,
    async install({ folder, narrate }) {
      narrate(`fetching from ${from}`);
      await script(join(folder, 'bin', 'temporal'), saying(version));
      await whenIn();
    },
  };
}

/** Returns to everybody once as many have come. */
function meeting(size: number): () => Promise<void> {
  const { promise, resolve } = withResolver();
  let present = 0;
  return async () => {
    present += 1;
    if (present === size) resolve();
    await promise;
  };
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = silently;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
