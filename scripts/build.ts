import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { build } from 'esbuild';

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
  entryPoints: { page: 'src/web/browser/page.ts' },
  outdir: join(dist, 'web'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  tsconfig: join(root, 'src/web/browser/tsconfig.json'),
  logLevel: 'warning',
});
for (const asset of ['style.css', 'icon.svg'])
  copyFileSync(join(root, 'src/web/assets', asset), join(dist, 'web', asset));

for (const command of ['cli.js', 'lab/pwsh.js']) chmodSync(join(dist, command), 0o755);

const { code } = await bundleWorkflowCode({
  workflowsPath: join(root, 'workflows', 'runbook.ts'),
  logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error },
});
writeFileSync(join(dist, 'workflow-bundle.js'), code);
