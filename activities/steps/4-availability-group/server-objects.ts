import { z } from 'zod';
import type { Ports, SqlTarget } from '../../ports.ts';
import type { SqlResult } from '../../scripts/index.ts';

export const MAINTENANCE_JOB = 'SSIS Server Maintenance Job';

/** How what is here compares with what the primary has. */
const likeness = z.enum(['same', 'missing', 'other']);

export const objectsObserved = z.strictObject({
  clrEnabled: z.boolean(),
  otherDatabases: z.array(z.string()),
  missingAssemblies: z.array(z.strictObject({ hash: z.string(), description: z.string() })),
  cleanupLogin: likeness,
  /** The login that is here, where it differs. */
  ownLogin: z.strictObject({ sid: z.string(), disabled: z.boolean(), mayViewState: z.boolean() }).nullable(),
  startup: likeness,
  startupAtStart: z.boolean(),
  maintenanceJob: likeness,
  /** What the primary itself lacks. */
  missingOnPrimary: z.array(z.string()),
});

export type ObjectsObserved = z.output<typeof objectsObserved>;

export interface ObjectsOfPrimary {
  readonly objects: SqlResult<'getServerObjects'>;
  readonly job: SqlResult<'getJob'>['job'];
}

export async function objectsOn({ sql }: Ports, target?: SqlTarget): Promise<ObjectsOfPrimary> {
  return {
    objects: await sql.run('getServerObjects', {}, target),
    job: (await sql.run('getJob', { name: MAINTENANCE_JOB }, target)).job,
  };
}

/**
 * What must be alike on all replicas, and is not. Long texts are compared here and do not travel further.
 *
 * Source: domain facts, 4.8, the parity list.
 */
export function compareObjects(
  own: ObjectsOfPrimary,
  primary: ObjectsOfPrimary,
  otherDatabases: string[],
): ObjectsObserved {
  const { cleanupLogin, startup } = own.objects;
  const login = alike(cleanupLogin, primary.objects.cleanupLogin);
  return {
    clrEnabled: own.objects.clrEnabled,
    otherDatabases,
    missingAssemblies: primary.objects.needed.filter(({ hash }) => !own.objects.trusted.includes(hash)),
    cleanupLogin: login,
    ownLogin: login === 'other' ? cleanupLogin : null,
    startup: alike(startup?.definition ?? null, primary.objects.startup?.definition ?? null),
    startupAtStart: startup?.isStartup ?? false,
    maintenanceJob: alike(own.job, primary.job),
    missingOnPrimary: [
      ...(primary.objects.cleanupLogin ? [] : ['the login ##MS_SSISServerCleanupJobLogin##']),
      ...(primary.objects.startup ? [] : ['the procedure sp_ssis_startup']),
      ...(primary.job ? [] : [`the job "${MAINTENANCE_JOB}"`]),
      ...(primary.objects.needed.length > 0 ? [] : ['a trusted assembly of SSISDB']),
    ],
  };
}

function alike(own: unknown, primary: unknown): z.output<typeof likeness> {
  if (own === null) return 'missing';
  return JSON.stringify(own) === JSON.stringify(primary) ? 'same' : 'other';
}
