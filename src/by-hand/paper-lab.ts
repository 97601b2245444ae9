import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { OperatorError } from '../../activities/failures.ts';
import type { Access, Json } from '../../workflows/contract.ts';
import { packageRoot } from '../package-root.ts';
import { mapTexts, referencesOf } from '../site-file/references.ts';
import type { PaperEstate } from './paper-estate.ts';
import { PaperShells } from './paper-shells.ts';

/** An estate of paper that a lab of its own keeps, in a folder that goes with it. */
export interface PaperLab extends PaperEstate {
  readonly close: () => Promise<void>;
}

const READY_WITHIN_MS = 60_000;
const LOOK_AGAIN_MS = 20;

/** Starts a lab for the site, with secrets of its own. Throws an OperatorError where there is none to start. */
export async function openPaperLab(site: Json, access: Access): Promise<PaperLab> {
  const folder = mkdtempSync(join(tmpdir(), 'ssis-ha-paper-'));
  try {
    const secrets = paperSecrets(site, folder);
    const file = join(folder, 'site.yaml');
    writeFileSync(file, JSON.stringify(paperSite(site, secrets, folder)), { mode: 0o600 });
    const lab = await startLab(folder, file);
    const shells = new PaperShells(folder, access, (reference) => valueOf(secrets, reference));
    return {
      portsOn: (host) => shells.portsOn(host),
      secretOf: (reference) => valueOf(secrets, reference),
      restart: (host) => restart(shells, host),
      async close() {
        shells.close();
        await ended(lab);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface PaperSecretFile {
  readonly reference: string;
  readonly path: string;
  readonly value: string;
}

/** A value of its own for each reference: letters and digits, which every place takes. */
function paperSecrets(site: Json, folder: string): readonly PaperSecretFile[] {
  mkdirSync(join(folder, 'secrets'), { mode: 0o700 });
  return referencesOf(site).map((reference, at) => {
    const path = join(folder, 'secrets', String(at));
    const value = `Paper${randomBytes(16).toString('hex')}Aa1`;
    writeFileSync(path, `${value}\n`, { mode: 0o600 });
    return { reference, path, value };
  });
}

function valueOf(secrets: readonly PaperSecretFile[], reference: string): string {
  return secrets.find((secret) => secret.reference === reference)?.value ?? '';
}

/** The site with the paper's own secrets and authorities: nothing of the real ones is read or written. */
function paperSite(site: Json, secrets: readonly PaperSecretFile[], folder: string): Json {
  const replaced = mapTexts(site, (text) => {
    const secret = secrets.find(({ reference }) => reference === text);
    return secret ? `file:${secret.path}` : text;
  });
  if (replaced === null || typeof replaced !== 'object' || Array.isArray(replaced)) return replaced;
  const { tls, ...rest } = replaced as Readonly<Record<string, Json>>;
  const authorities = `file:${join(folder, 'authority.pem')}`;
  return { ...rest, tls: { ...(tls as Readonly<Record<string, Json>> | undefined), authorities } };
}

async function startLab(folder: string, site: string): Promise<ChildProcess> {
  const program = join(packageRoot, 'dist', 'lab', 'main.js');
  if (!existsSync(program))
    throw new OperatorError('The lab is not built', 'Run "npm run build", then try again.');
  const lab = spawn(process.execPath, [program, '--dir', folder, '--site', site, '--pace', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  lab.stderr?.on('data', (data: Buffer) => said.push(data.toString('utf8')));
  const isReady = await Promise.race([
    new Promise<boolean>((resolve) => {
      if (lab.stdout) createInterface({ input: lab.stdout }).once('line', () => resolve(true));
      lab.once('exit', () => resolve(false));
    }),
    pause(READY_WITHIN_MS, false, { ref: false }),
  ]);
  if (isReady) return lab;
  await ended(lab);
  throw new OperatorError(
    `No estate of paper could be made for the site: ${said.join('').split('\n')[0] ?? ''}`,
    'Check the site file with "ssis-ha check", and that this machine has room for one more lab, then try again.',
  );
}

async function ended(lab: ChildProcess): Promise<void> {
  if (lab.exitCode !== null || lab.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => lab.once('exit', () => resolve()));
  lab.kill('SIGTERM');
  await gone;
}

/** Asks for the restart, and looks until the host has started anew. */
async function restart(shells: PaperShells, host: string): Promise<void> {
  const { powershell } = shells.portsOn(host);
  const { bootId } = await powershell.run('getBoot', {});
  await powershell.run('requestRestart', { bootId });
  for (;;) {
    const now = await powershell.run('getBoot', {}).catch(() => ({ bootId }));
    if (now.bootId !== bootId) return;
    await pause(LOOK_AGAIN_MS);
  }
}
