import type { Database } from './estate/engine.ts';

/** Whether an instance opens the database's master key without being given the password. */
export function masterKeyOpens(database: Database | undefined): boolean {
  return database?.opensByItself === true || database?.opened !== undefined;
}
