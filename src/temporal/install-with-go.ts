import { join } from 'node:path';
import { runProgram } from './run-program.ts';
import type { WayToInstall } from './way-to-install.ts';

const VERSION = '1.5.1';
const PRESENCE_TIMEOUT_MS = 20_000;
const BUILD_TIMEOUT_MS = 30 * 60_000;

/**
 * The vendor's program (CLI 1.5.1, server 1.29.1) built from source by Go, which checks what it fetches against
 * its checksum database.
 *
 * Source: flags, stamped version and CGO_ENABLED as the vendor builds it (temporalio/cli v1.5.1, `.goreleaser.yml`).
 */
export const installWithGo: WayToInstall = {
  from: 'go',
  where: `Go (temporalio/cli v${VERSION})`,
  async install({ folder, env, narrate }) {
    await runProgram({ program: 'go', args: ['version'], env, timeoutMs: PRESENCE_TIMEOUT_MS });
    narrate(
      `Building the Temporal server (CLI ${VERSION}) from source with Go, once: some minutes, ` +
        '280 MB to download, 3 GB of Go caches on disk.',
    );
    const stamped = `-s -w -X github.com/temporalio/cli/temporalcli.Version=${VERSION}`;
    await runProgram({
      program: 'go',
      args: ['install', '-ldflags', stamped, `github.com/temporalio/cli/cmd/temporal@v${VERSION}`],
      env: { ...env, GOBIN: join(folder, 'bin'), CGO_ENABLED: '0' },
      timeoutMs: BUILD_TIMEOUT_MS,
    });
  },
};
