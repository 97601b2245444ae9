import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { OperatorError } from '../../activities/failures.ts';
import { installFromPypi } from './install-from-pypi.ts';
import { installFromVendor } from './install-from-vendor.ts';
import { installWithGo } from './install-with-go.ts';
import { cachedProgram, fillCache, PROGRAM_NAME } from './program-cache.ts';
import { judgeProgram, OLDEST_CLI } from './program-version.ts';
import type { Environment } from './run-program.ts';
import { reasonOf } from './reason.ts';
import type { WayToInstall } from './way-to-install.ts';

/** The vendor's own first, the slowest last. */
const WAYS_TO_INSTALL: readonly WayToInstall[] = [installFromVendor(), installFromPypi, installWithGo];

/** A place that gave no usable program, and why. Read together: `PATH holds no program called temporal`. */
export interface RejectedProgram {
  readonly where: string;
  readonly why: string;
}

/** The `temporal` program that is to be started. */
export interface ServerProgram {
  readonly path: string;
  readonly version: string;
  readonly from: 'TEMPORAL_CLI_PATH' | 'PATH' | 'cache' | WayToInstall['from'];
  /** The places before it in the order, and why they were not taken. */
  readonly rejected: readonly RejectedProgram[];
}

export interface FindOptions {
  /** Told one line when something is fetched: what, from where, and how large it is. */
  readonly narrate: (text: string) => void;
  readonly env?: Environment;
  readonly ways?: readonly WayToInstall[];
}

/**
 * Finds the `temporal` program: the one named by `TEMPORAL_CLI_PATH`, else the first good one on `PATH`, else our
 * own cache, which is filled when it is empty. A program is good when it says that it is at least CLI 1.5.1.
 * Throws an `OperatorError` that names everything that was tried.
 */
export async function findServerProgram({
  narrate,
  env = process.env,
  ways,
}: FindOptions): Promise<ServerProgram> {
  const { found, rejected } = await lookForServerProgram({ env });
  return found ?? (await installServerProgram({ narrate, env, ways: ways ?? WAYS_TO_INSTALL, rejected }));
}

/** Looks where `findServerProgram` looks, and installs nothing. */
export async function lookForServerProgram({ env = process.env }: { readonly env?: Environment }): Promise<{
  readonly found: ServerProgram | null;
  readonly rejected: readonly RejectedProgram[];
}> {
  const rejected: RejectedProgram[] = [];
  for (const place of await placesToLook(env)) {
    if (place.path === null) {
      rejected.push({ where: place.where, why: place.why });
      continue;
    }
    const judgement = await judgeProgram(place.path, env);
    if (judgement.usable) {
      const { path, from } = place;
      return { found: { path, version: judgement.version, from, rejected }, rejected };
    }
    rejected.push({ where: place.where, why: judgement.why });
  }
  return { found: null, rejected };
}

type Place =
  | { readonly path: string; readonly where: string; readonly from: 'TEMPORAL_CLI_PATH' | 'PATH' | 'cache' }
  | { readonly path: null; readonly where: string; readonly why: string };

async function placesToLook(env: Environment): Promise<readonly Place[]> {
  const named = env['TEMPORAL_CLI_PATH'];
  const cached = cachedProgram(env);
  return [
    named === undefined || named === ''
      ? { path: null, where: 'TEMPORAL_CLI_PATH', why: 'is not set' }
      : { path: named, where: `TEMPORAL_CLI_PATH (${named})`, from: 'TEMPORAL_CLI_PATH' },
    ...(await placesOnPath(env)),
    (await exists(cached))
      ? { path: cached, where: `the cache (${cached})`, from: 'cache' }
      : { path: null, where: 'the cache', why: `has no ${cached}` },
  ];
}

async function placesOnPath(env: Environment): Promise<readonly Place[]> {
  // An entry that is not absolute would mean another program in every folder from which ssis-ha is called.
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const places: Place[] = [];
  for (const path of new Set(folders.map((folder) => join(folder, PROGRAM_NAME)))) {
    if (await exists(path)) places.push({ path, where: `PATH (${path})`, from: 'PATH' });
  }
  if (places.length > 0) return places;
  return [{ path: null, where: 'PATH', why: `holds no program called ${PROGRAM_NAME}` }];
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

interface Installation {
  readonly narrate: (text: string) => void;
  readonly env: Environment;
  readonly ways: readonly WayToInstall[];
  readonly rejected: readonly RejectedProgram[];
}

async function installServerProgram({ narrate, env, ways, rejected }: Installation): Promise<ServerProgram> {
  const failed: RejectedProgram[] = [];
  for (const { from, where, install } of ways) {
    try {
      const version = await fillCache({
        env,
        fill: async (folder) => await install({ folder, env, narrate }),
      });
      return { path: cachedProgram(env), version, from, rejected: [...rejected, ...failed] };
    } catch (error) {
      failed.push({ where, why: reasonOf(error) });
    }
  }
  throw noProgram([...rejected, ...failed]);
}

function noProgram(tried: readonly RejectedProgram[]): OperatorError {
  const lines = tried.map(({ where, why }) => `  - ${where}: ${why}`);
  return new OperatorError(
    ['No Temporal server program was found, and none could be installed:', ...lines].join('\n'),
    `Install the Temporal CLI ${OLDEST_CLI} or later (https://docs.temporal.io/cli) and put it on PATH or name it in ` +
      'TEMPORAL_CLI_PATH; or set TEMPORAL_ADDRESS to a server that runs already.',
  );
}
