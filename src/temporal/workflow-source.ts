import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

/** Of the sources: what a bundle is made of. */
export const workflowSources = {
  workflowsPath: join(packageRoot, 'workflows', 'runbook.ts'),
  workflowInterceptorModules: [join(packageRoot, 'workflows', 'interceptors.ts')],
};

/** The workflows as a worker takes them: the bundle that the build has made, else the sources. */
export function workflowSource() {
  const built = join(packageRoot, 'dist', 'workflow-bundle.js');
  if (existsSync(built)) return { workflowBundle: { codePath: built } };
  const { workflowsPath, workflowInterceptorModules: workflowModules } = workflowSources;
  return { workflowsPath, interceptors: { workflowModules } };
}
