import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { procedure } from '../activities/steps/index.ts';
import { pathOf, type Surroundings } from './docs/entry.ts';
import { indexPage } from './docs/index-page.ts';
import { performProcedure } from './docs/perform-procedure.ts';
import { readScriptSource } from './docs/script-source.ts';
import { stepPage } from './docs/step-page.ts';
import { readStepSources } from './docs/step-source.ts';

/*
 * Writes `docs/procedure/`: a page for each step, and an index. With `--check` it writes nothing, and fails
 * where a page is not what the steps say now.
 */
const root = new URL('..', import.meta.url).pathname;
const folder = 'docs/procedure';

const pages = await makePages();
if (process.argv.includes('--check')) check();
else write();

async function makePages(): Promise<ReadonlyMap<string, string>> {
  const sources = readStepSources(root);
  const entries = (await performProcedure()).map((performed) => {
    const { id } = performed.step;
    const source = sources.get(id);
    if (!source) throw new Error(`No file below activities/steps is that of ${id}`);
    return [id, { performed, source }] as const;
  });
  const around: Surroundings = {
    entries: new Map(entries),
    scriptSource: (name) => readScriptSource(root, name),
  };
  return new Map([
    ['README.md', indexPage(procedure, around)],
    ...entries.map(([, entry]) => [pathOf(entry), stepPage(entry, around)] as const),
  ]);
}

function write(): void {
  rmSync(join(root, folder), { recursive: true, force: true });
  for (const [path, text] of pages) {
    const file = join(root, folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  console.log(`${pages.size} pages are in ${folder}.`);
}

function check(): void {
  const faults = [
    ...[...pages].flatMap(([path, text]) => faultOf(path, text)),
    ...writtenPages()
      .filter((path) => !pages.has(path))
      .map((path) => `${folder}/${path} belongs to no step`),
  ];
  if (faults.length === 0) return;
  console.error([...faults, 'Run "npm run docs", and look at what it has changed.'].join('\n'));
  process.exitCode = 1;
}

function faultOf(path: string, text: string): string[] {
  const file = join(root, folder, path);
  if (!existsSync(file)) return [`${folder}/${path} is not there`];
  const written = readFileSync(file, 'utf8').split('\n');
  const wanted = text.split('\n');
  const at = wanted.findIndex((line, index) => line !== written[index]);
  if (at === -1 && written.length === wanted.length) return [];
  const line = at === -1 ? wanted.length : at;
  return [
    `${folder}/${path} differs in line ${line + 1}: it says "${written[line] ?? ''}", the step says "${wanted[line] ?? ''}"`,
  ];
}

function writtenPages(): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => path.replaceAll('\\', '/'));
}
