import { SqlServerError } from '../tds/sql-server-error.ts';
import type { Project } from './estate/catalog.ts';

/** What is no project file is refused. Source: *catalog.deploy_project*, error 27203. */
export function versionIn(stream: string): string {
  const bytes = Buffer.from(stream, 'hex');
  const [, version] = /DTS:VersionGUID="\{([0-9A-F-]{36})\}"/.exec(bytes.toString('latin1')) ?? [];
  if (bytes.toString('latin1', 0, 2) === 'PK' && version !== undefined) return version;
  throw new SqlServerError(27203, 'Failed to deploy the project.');
}

export function asOlder({ version, packages, versions }: Project) {
  return { version, packages, versions: versions ?? {} };
}

export function restored(project: Project, lsn: string): Project {
  const older = project.older?.find(({ version }) => String(version) === lsn);
  if (!older) throw new SqlServerError(27221, `The version ${lsn} of the project does not exist.`);
  const remaining = project.older?.filter((candidate) => candidate !== older) ?? [];
  return { ...older, ...(remaining.length > 0 ? { older: remaining } : {}) };
}
