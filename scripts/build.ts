import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { build } from 'esbuild';
import { workflowSources } from '../src/temporal/workflow-source.ts';

/*
 * Builds the command, the worker and the lab into `dist/`, and the workflows into one bundle. The bundle
 * fails when a workflow reaches anything that is not deterministic, so this is a check too.
 */
const root = new URL('..', import.meta.url).pathname;
const dist = join(root, 'dist');
mkdirSync(dist, { recursive: true });

await build({
  absWorkingDir: root,
  entryPoints: {
    cli: 'src/cli.ts',
    worker: 'src/worker-main.ts',
    'control-room': 'src/web/main.ts',
    'lab/main': 'lab/main.ts',
    'lab/pwsh': 'lab/pwsh.ts',
    'lab/hand': 'lab/hand.ts',
    'lab/name-service': 'lab/name-service.ts',
  },
  outdir: dist,
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'linked',
  chunkNames: 'chunks/[name]-[hash]',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});

// What the pages bring to a browser: their own files, and nothing from elsewhere.
await build({
  absWorkingDir: root,
  entryPoints: { page: 'src/web/browser/page.ts', style: 'src/web/assets/style.css' },
  outdir: join(dist, 'web'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  tsconfig: join(root, 'src/web/browser/tsconfig.json'),
  logLevel: 'warning',
});
copyFileSync(join(root, 'src/web/assets/icon.svg'), join(dist, 'web', 'icon.svg'));

// A report has its script and its style inside, and names what made it by a digest over all that does.
const ofReports = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  target: 'es2022',
  minify: true,
  tsconfig: join(root, 'src/web/browser/tsconfig.json'),
  logLevel: 'warning',
} as const;
const [script, style, builder] = await Promise.all([
  build({ ...ofReports, entryPoints: ['src/web/browser/report.tsx'], format: 'iife' }),
  build({ ...ofReports, entryPoints: ['src/web/assets/report.css'], loader: { '.css': 'css' } }),
  build({ ...ofReports, entryPoints: ['src/web/report/report-file.tsx'], format: 'esm' }),
]).then((built) => built.map(({ outputFiles: [file] }) => file?.text ?? ''));
// Text of a script within a page may not look like the begin of a comment.
const inPage = (script ?? '').replaceAll('<!--', String.raw`\x3C!--`);
writeFileSync(join(dist, 'web', 'report.js'), inPage);
writeFileSync(join(dist, 'web', 'report.css'), style ?? '');
const digest = createHash('sha256').update([inPage, style, builder].join('\0')).digest('hex');
writeFileSync(join(dist, 'web', 'report.sha256'), `${digest}\n`);

for (const command of ['cli.js', 'lab/pwsh.js']) chmodSync(join(dist, command), 0o755);

const { code } = await bundleWorkflowCode({
  ...workflowSources,
  logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error },
});
writeFileSync(join(dist, 'workflow-bundle.js'), code);
