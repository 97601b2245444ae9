import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSiteFile } from '../../src/site-file.ts';
import { writeSampleSite } from '../../src/up/sample-site.ts';
import type { RunSnapshot } from '../../workflows/contract.ts';
import { planFor } from './export-and-run.ts';

/* The command as a process, on a lab of paper of its own; the run is known from its record alone. */

const PATIENCE_MS = 180_000;
const CLI = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const run = promisify(execFile);

let folder = '';
let site = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ssis-ha-by-hand-'));
  site = writeSampleSite(folder);
  mkdirSync(join(folder, 'runs'));
  writeFileSync(join(folder, 'runs', 'run-1'), JSON.stringify(await recorded('perform')));
  writeFileSync(join(folder, 'runs', 'run-2'), JSON.stringify(await recorded('verify')));
  writeFileSync(join(folder, 'runs', 'run-3'), JSON.stringify(await withOneLeft(FEATURE)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A run that stopped with its last five steps to go. */
async function recorded(mode: RunSnapshot['mode']): Promise<RunSnapshot> {
  const plan = await planFor(readSiteFile(site).site);
  const steps = plan.steps.map((planned, at) => ({
    key: planned.key,
    id: planned.id,
    host: planned.host,
    chapter: planned.chapter,
    title: planned.title,
    state: at < plan.steps.length - 5 ? ('changed' as const) : ('pending' as const),
    tries: 1,
    startedAt: null,
    endedAt: null,
    shortfall: [],
    problem: null,
    waitsUntil: null,
  }));
  const runId = mode === 'verify' ? 'run-2' : 'run-1';
  const workflowId = mode === 'verify' ? 'ssis-ha/sample/verify' : 'ssis-ha/sample';
  const when = '2030-01-02T03:04:05.000Z';
  const told = {
    site: 'sample',
    mode,
    state: 'stopped',
    planHash: plan.hash,
    startedBy: 'LAB\\dba-1',
  } as const;
  return {
    version: 1,
    workflowId,
    runId,
    ...told,
    change: null,
    startedAt: when,
    endedAt: when,
    proof: null,
    steps,
    questions: [],
    decisions: [],
  };
}

const FEATURE = 'install-clustering-feature@NODE-A';

async function withOneLeft(key: string): Promise<RunSnapshot> {
  const whole = await recorded('perform');
  const steps = whole.steps.map((step) => ({
    ...step,
    state: step.key === key ? ('pending' as const) : ('changed' as const),
  }));
  return { ...whole, runId: 'run-3', steps };
}

function byHand(named: string, output: string): Promise<{ stdout: string; stderr: string }> {
  return run(process.execPath, [
    CLI,
    'by-hand',
    named,
    '-o',
    output,
    '--site',
    site,
    '--dir',
    folder,
    '--json',
  ]);
}

test(
  'writes the files of what is left, readable by their owner alone, and never over anything',
  { timeout: PATIENCE_MS },
  async () => {
    const output = join(folder, 'out');
    const { stdout } = await byHand('run-1', output);
    const told = JSON.parse(stdout) as {
      readonly version: number;
      readonly files: readonly { name: string; step: string | null }[];
    };
    expect(told.version).toBe(1);
    expect(told.files.filter(({ step }) => step !== null)).toHaveLength(5);
    expect(readdirSync(output).toSorted()).toEqual(told.files.map(({ name }) => name).toSorted());
    for (const { name } of told.files) expect(statSync(join(output, name)).mode & 0o777).toBe(0o600);
    const readme = readFileSync(join(output, 'README.md'), 'utf8');
    expect(readme).toContain('5 of 118 steps have a file');
    expect(readme).toContain('done by the run');
    await expect(byHand('run-1', output)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('already'),
    });
  },
);

test('without a server it says what is needed to take the run from its record', async () => {
  const without = (directory: string) =>
    run(process.execPath, [CLI, 'by-hand', 'sample', '-o', join(folder, 'none'), '--dir', directory], {
      env: { PATH: process.env['PATH'] },
    });
  await expect(without(folder)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/No Temporal server is named.*\n.*--site FILE\. Else: Start one/),
  });
  await expect(without(join(folder, 'secrets'))).rejects.toMatchObject({
    code: 1,
    stderr: expect.not.stringContaining('--site'),
  });
});

test('says that a verification leaves nothing to do', { timeout: PATIENCE_MS }, async () => {
  await expect(byHand('run-2', join(folder, 'other'))).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('changes nothing'),
  });
});

test(
  'a file runs on a lab from the terminal, and ends where its host must restart first',
  { timeout: PATIENCE_MS },
  async () => {
    const output = join(folder, 'one');
    const told = JSON.parse((await byHand('run-3', output)).stdout) as {
      readonly files: readonly { readonly name: string; readonly step: string | null }[];
    };
    const [file] = told.files.filter(({ step }) => step === FEATURE);
    const lab = spawn(process.execPath, [CLI, 'lab', '--dir', folder, '--site', site, '--pace', '0']);
    try {
      await once(lab.stdout, 'data');
      const first = await typing(join(output, file?.name ?? ''), ['yes', 'no']);
      expect(first).toMatchObject({
        code: RESTART_PENDS,
        said: expect.stringContaining('A restart of this host pends'),
      });
      const restart = await typing(join(output, 'restart-NODE-A.ps1'), ['yes', 'yes', 'yes', 'yes', 'yes']);
      expect(restart.code).toBe(0);
      const again = async () => typing(join(output, file?.name ?? ''), ['no']);
      let last = await again();
      // Windows restarts a few seconds after it was asked to, and takes its time.
      while (last.code !== 0) last = await again();
      expect(last.said).toContain('In place.');
    } finally {
      lab.kill();
      await once(lab, 'exit');
    }
  },
);

const RESTART_PENDS = 3;

/** Runs a file on the lab with a line typed for each question. */
async function typing(
  file: string,
  lines: readonly string[],
): Promise<{ readonly code: number | null; readonly said: string }> {
  const args = [CLI, 'lab', 'run', file, '--host', 'NODE-A', '--dir', folder];
  const child = spawn(process.execPath, args);
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => said.push(data.toString('utf8')));
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: said.join('') };
}
