import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { reportOf } from '../../src/cli/report-error.ts';
import { SITE_TEMPLATE } from '../../src/cli/site-template.ts';
import { Misuse, OperatorError } from '../../src/failures.ts';
import { packageRoot } from '../../src/package-root.ts';
import { RUN_STATES } from '../../workflows/contract.ts';
import { siteWith } from '../fixtures/faulty-site.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a shell would, with nothing of this environment that names a server. */
function ssisHa(args: readonly string[], cwd: string): Promise<Outcome> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TEMPORAL_|SSIS_HA_)/.test(name)),
  );
  const loader = join(packageRoot, 'node_modules', 'tsx', 'dist', 'loader.mjs');
  const command = ['--import', loader, join(packageRoot, 'src', 'cli.ts'), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd, env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

function allCommands(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (written) => void (text += written) });
  command.outputHelp();
  return text;
}

const VISIBLE = allCommands(buildProgram()).filter(
  (command) => command.name() !== 'complete' && command.name() !== 'help',
);

test.each(VISIBLE.map((command) => [pathOf(command), command] as const))(
  '%s --help shows an example',
  (_path, command) => {
    expect(helpOf(command)).toMatch(/Examples?:\n\s+(\$ )?(source <\()?ssis-ha /);
  },
);

function pathOf(command: Command): string {
  return command.parent?.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

test('every command that was promised is there', () => {
  const promised =
    'init check schema requests plan rehearse start verify list watch status history report verify-report restarts approve reject retry skip undo stop what-if-stopped worker lab up demo doctor completion';
  const names = new Set(VISIBLE.map((command) => command.name()));
  expect(promised.split(' ').filter((name) => !names.has(name))).toEqual([]);
});

describe('exit codes', () => {
  test('say how a run stands', () => {
    const told = Object.fromEntries(RUN_STATES.map((state) => [state, EXIT_CODES[state]]));
    expect(told).toMatchObject({ done: 0, rehearsed: 0, failed: 1, stopped: 1, waiting: 3, undone: 4 });
  });

  test('tell misuse from failure', () => {
    expect(reportOf(new Misuse('what', 'do')).exitCode).toBe(2);
    expect(reportOf(new OperatorError('what', 'do')).exitCode).toBe(1);
    expect(reportOf(new TypeError('oops')).exitCode).toBe(1);
  });

  test('a failure that somebody can mend comes without a stack, any other asks to be reported', () => {
    expect(reportOf(new OperatorError('What is', 'Do this.')).lines).toEqual(['What is', 'Do this.']);
    const lines = reportOf(new TypeError('oops')).lines.join('\n');
    expect(lines).toMatch(/oops[\s\S]*Please report it[\s\S]* at /);
  });

  test.each([['nosuch'], ['approve'], ['lab', 'fault', 'add', '--host', 'A']])(
    'of misuse: %s',
    async (...args) => {
      const { code, err } = await ssisHa(args, await temporaryDirectory());
      expect(code).toBe(2);
      expect(err).toContain('--help');
    },
  );
});

describe('without any server', () => {
  test('init writes a file that check accepts, and never writes over one', async () => {
    const folder = await temporaryDirectory();
    expect((await ssisHa(['init', 'mine.yaml'], folder)).code).toBe(0);
    const checked = await ssisHa(['check', 'mine.yaml', '--json'], folder);
    expect(checked.code).toBe(0);
    expect(JSON.parse(checked.out)).toMatchObject({ faults: [] });
    const again = await ssisHa(['init', 'mine.yaml'], folder);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('exists already') });
    expect(await readFile(join(folder, 'mine.yaml'), 'utf8')).toBe(SITE_TEMPLATE);
  });

  test('check tells each fault in a line that editors can follow', async () => {
    const folder = await temporaryDirectory();
    const { text, lines } = siteWith(['version: 2022', 'version: 2020'], ['failback: false', 'failback: no']);
    await writeFile(join(folder, 'site.yaml'), text);
    const { code, out } = await ssisHa(['check', 'site.yaml'], folder);
    expect(code).toBe(2);
    expect(out).toMatch(new RegExp(`^site\\.yaml:${lines[0]}:\\d+ product\\.version: `, 'm'));
    expect(out).toMatch(new RegExp(`^site\\.yaml:${lines[1]}:\\d+ scaleOutMaster\\.failback: `, 'm'));
  });

  test('check shows the line of a fault with a caret below its column, and tells both as JSON', async () => {
    const folder = await temporaryDirectory();
    await writeFile(join(folder, 'site.yaml'), siteWith(['ip: 192.0.2.12', 'ip: here']).text);
    const { out } = await ssisHa(['check', 'site.yaml'], folder);
    const [, shown = '', caret = ''] = out.split('\n');
    expect(shown).toMatch(/^ +\d+ \| {3}- \{ name: SSIS-NODE-2, ip: here \}$/);
    expect(caret.indexOf('^')).toBe(shown.indexOf('here'));
    const { faults } = JSON.parse((await ssisHa(['check', 'site.yaml', '--json'], folder)).out) as {
      readonly faults: readonly unknown[];
    };
    expect(faults).toMatchObject([{ column: 30, text: '  - { name: SSIS-NODE-2, ip: here }' }]);
  });

  test('schema writes what an editor reads, to a file or to standard output', async () => {
    const folder = await temporaryDirectory();
    const { out } = await ssisHa(['schema'], folder);
    const written = await ssisHa(['schema', '-o', 'ssis-ha.schema.json'], folder);
    expect(written.out).toContain('# yaml-language-server: $schema=./ssis-ha.schema.json');
    expect(SITE_TEMPLATE).toMatch(/^# yaml-language-server: \$schema=\.\/ssis-ha\.schema\.json\n/);
    expect(await readFile(join(folder, 'ssis-ha.schema.json'), 'utf8')).toBe(out);
    expect(await ssisHa(['schema', '-o', 'nowhere/x.json'], folder)).toMatchObject({ code: 2, out: '' });
  });

  test('plan shows the same plan each time, as words and as JSON', async () => {
    const folder = await temporaryDirectory();
    await writeFile(join(folder, 'site.yaml'), SITE_TEMPLATE);
    const [words, json] = await Promise.all([
      ssisHa(['plan', 'site.yaml'], folder),
      ssisHa(['plan', 'site.yaml', '--json'], folder),
    ]);
    const { hash } = JSON.parse(json.out) as { readonly hash: string };
    expect(words.out).toContain(hash);
  });

  test('status says which server it looked for, and how to start one', async () => {
    const { code, err } = await ssisHa(['status', '--dir', 'here'], await temporaryDirectory());
    expect(code).toBe(1);
    expect(err).toMatch(/No Temporal server is named[\s\S]*ssis-ha up --dir/);
  });

  test('completion is there for each shell, and offers commands', async () => {
    const folder = await temporaryDirectory();
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      const { code, out } = await ssisHa(['completion', shell], folder);
      expect(code).toBe(0);
      expect(out).toMatch(/ssis-ha complete/);
    }
    expect((await ssisHa(['complete', '--', 'what'], folder)).out).toMatch(/^what-if-stopped\t/m);
  });

  test('its script completes in a bash that has nothing installed, and does not break keys at their @', async () => {
    const folder = await temporaryDirectory();
    const { out: script } = await ssisHa(['completion', 'bash'], folder);
    const stand = "ssis-ha() { printf 'approve\\tlet it\\n:4\\n'; }; compopt() { :; };";
    const typed = 'COMP_WORDS=(ssis-ha ap) COMP_CWORD=1; __ssis_ha_complete;';
    const asked = `${stand}\n${script}\n${typed} echo "$COMPREPLY $COMP_WORDBREAKS"`;
    const said = await new Promise<string>((resolve) =>
      execFile('bash', ['--norc', '-c', asked], (_error, out, err) => resolve(out + err)),
    );
    expect(said).toMatch(/^approve [^@]*$/);
  });
});
