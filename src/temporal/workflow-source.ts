import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

/** The workflows as a worker takes them: the bundle that the build has made, else the sources. */
export function workflowSource(): { workflowBundle: { codePath: string } } | { workflowsPath: string } {
  const built = join(packageRoot, 'dist', 'workflow-bundle.js');
  if (existsSync(built)) return { workflowBundle: { codePath: built } };
  return { workflowsPath: join(packageRoot, 'workflows', 'runbook.ts') };
}
