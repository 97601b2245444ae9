import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { OperatorError } from '../failures.ts';
import { packageRoot } from '../package-root.ts';

const KINDS = {
  'style.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

/** The page's own files, as they were built. */
export function servedAssets(): Hono {
  const app = new Hono();
  app.use(etag());
  for (const [name, kind] of Object.entries(KINDS)) {
    const content = asset(name);
    app.get(`/${name}`, (c) => c.body(content, 200, { 'Content-Type': kind, 'Cache-Control': 'no-cache' }));
  }
  return app;
}

export function asset(name: string): string {
  try {
    return readFileSync(join(packageRoot, 'dist', 'web', name), 'utf8');
  } catch {
    throw new OperatorError(`The page's file ${name} is not built`, 'Run "npm run build", then try again.');
  }
}
