import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { reportFile, thisMaker } from '../../src/web/report/make-report.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';
import { documentOf, sampleEvents } from '../web/report-samples.ts';

interface Told {
  readonly verdict: string;
  readonly checks: readonly { readonly about: string; readonly outcome: string }[];
}

test('a report of another run than --run names is told as that, beside all other checks', async () => {
  const directory = await temporaryDirectory();
  const file = join(directory, 'run.html');
  await writeFile(file, reportFile(documentOf(sampleEvents, { maker: thisMaker() })));
  const verified = (named: string) =>
    new Promise<{ readonly code: unknown; readonly told: Told }>((resolve) => {
      const args = ['verify-report', file, '--run', named, '--dir', directory, '--json'];
      const env = { PATH: process.env['PATH'] };
      execFile(process.execPath, [join(packageRoot, 'dist', 'cli.js'), ...args], { env }, (error, out) =>
        resolve({ code: error?.code ?? 0, told: JSON.parse(out) as Told }),
      );
    });
  const about = ({ checks }: Told) => Object.fromEntries(checks.map((check) => [check.about, check.outcome]));
  const own = { file: 'agrees', chain: 'agrees', page: 'agrees', journal: 'not known' };

  const other = await verified('elsewhere');
  expect(other).toMatchObject({ code: 1, told: { verdict: 'another run' } });
  expect(about(other.told)).toEqual({ ...own, run: 'differs' });
  const same = await verified('sample');
  expect(same).toMatchObject({ code: 3, told: { verdict: 'not known' } });
  expect(about(same.told)).toEqual({ ...own, run: 'agrees' });
});
