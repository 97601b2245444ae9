import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { PROGRAM_NAME } from './program-cache.ts';
import { runProgram } from './run-program.ts';
import type { InstallRequest, WayToInstall } from './way-to-install.ts';

const VERSION = 'v1.8.2';
const ANSWER_TIMEOUT_MS = 5_000;
const SILENCE_TIMEOUT_MS = 20_000;
const UNPACK_TIMEOUT_MS = 120_000;

const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

const description = z.object({
  archiveUrl: z.url(),
  fileToExtract: z.string().regex(/^(?!.*\.\.)\w[\w./-]*$/, 'is no plain path inside the archive'),
});

/**
 * The vendor's download, asked in the way of the SDK's own test server: an address that names the version, and
 * the platform as parameters, answers with the archive's address and the file to take out of it.
 * It gives up after five seconds when nobody answers, and after twenty without a byte.
 *
 * The vendor publishes no checksum there: what is fetched is as good as its TLS.
 *
 * Source: Temporal SDK core, `crates/sdk-core/src/ephemeral_server/mod.rs`, `EphemeralExe::get_or_download`.
 */
export function installFromVendor(origin = 'https://temporal.download'): WayToInstall {
  return {
    from: 'download',
    where: new URL(origin).host,
    async install(request) {
      const { archiveUrl, fileToExtract } = await describeArchive(origin);
      const archive = join(request.folder, 'archive.tar.gz');
      await fetchArchive(archiveUrl, archive, request);
      await unpack({ archive, member: fileToExtract, request });
    },
  };
}

async function describeArchive(origin: string): Promise<z.infer<typeof description>> {
  const platform = PLATFORMS[process.platform];
  const arch = ARCHITECTURES[process.arch];
  if (platform === undefined || arch === undefined) {
    throw new Error(`there is no program for ${process.platform} on ${process.arch}`);
  }
  const address = `${origin}/cli/${VERSION}?${new URLSearchParams({ arch, platform, format: 'tar.gz' }).toString()}`;
  const response = await fetch(address, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const parsed = description.safeParse(await response.json());
  if (!parsed.success) throw new Error(`${address} did not describe an archive`);
  if (new URL(parsed.data.archiveUrl).protocol !== new URL(origin).protocol) {
    throw new Error(`${address} names an archive that would come another way: ${parsed.data.archiveUrl}`);
  }
  return parsed.data;
}

async function fetchArchive(address: string, file: string, { narrate }: InstallRequest): Promise<void> {
  const patience = new AbortController();
  const timer = setTimeout(
    () => patience.abort(new Error('nothing came for 20 seconds')),
    SILENCE_TIMEOUT_MS,
  );
  try {
    const response = await fetch(address, { signal: patience.signal });
    if (!response.ok || response.body === null) throw new Error(`${address} answered ${response.status}`);
    const megabytes = Math.round(Number(response.headers.get('content-length') ?? 0) / 1e6);
    const size = megabytes > 0 ? `${megabytes} MB` : 'some 40 MB';
    narrate(
      `Fetching the Temporal server (CLI ${VERSION.slice(1)}) from ${new URL(address).host}, once: ${size}.`,
    );
    const body = response.body;
    await pipeline(async function* () {
      for await (const chunk of body) {
        timer.refresh();
        yield chunk;
      }
    }, createWriteStream(file));
  } finally {
    clearTimeout(timer);
  }
}

interface Unpacking {
  readonly archive: string;
  readonly member: string;
  readonly request: InstallRequest;
}

/** `tar` is a part of Windows since Windows 10 1803 and Windows Server 2019. */
async function unpack({ archive, member, request: { folder, env } }: Unpacking): Promise<void> {
  const args = ['-xzf', archive, '-C', folder, member];
  await runProgram({ program: 'tar', args, env, timeoutMs: UNPACK_TIMEOUT_MS });
  const program = join(folder, 'bin', PROGRAM_NAME);
  await mkdir(join(folder, 'bin'), { recursive: true });
  await rename(join(folder, member), program);
  await chmod(program, 0o755);
  await rm(archive);
}
