import type { Estate } from './estate.ts';
import { PowerShellRefusal, HalfDone } from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';

/** What Windows and SQL Server call things in the language that they were installed in. */
interface Names {
  /** S-1-5-18. */
  readonly system: string;
  readonly coreGroup: string;
  readonly masterDisplay: string;
  readonly workerDisplay: string;
  readonly windowsVersion: string;
  readonly updateLevels: string;
}

const ENGLISH: Names = {
  system: 'NT AUTHORITY\\SYSTEM',
  coreGroup: 'Cluster Group',
  masterDisplay: 'SQL Server Integration Services Scale Out Master',
  workerDisplay: 'SQL Server Integration Services Scale Out Worker',
  windowsVersion: 'System Configuration - Validate Operating System Version',
  updateLevels: 'System Configuration - Validate Software Update Levels',
};

/** Source: *Well-known SIDs*: names of built-in accounts follow the language of Windows. */
const GERMAN: Names = {
  system: 'NT-AUTORITÄT\\SYSTEM',
  coreGroup: 'Clustergruppe',
  masterDisplay: 'Skalierungsmaster für SQL Server Integration Services',
  workerDisplay: 'Skalierungsworker für SQL Server Integration Services',
  windowsVersion: 'Systemkonfiguration - Betriebssystemversion überprüfen',
  updateLevels: 'Systemkonfiguration - Stand der Softwareupdates überprüfen',
};

export function namesIn({ language }: Pick<Estate, 'language'>): Names {
  return language === 'de' ? GERMAN : ENGLISH;
}

/**
 * What the other side throws, in its own language: numbers, identifiers and names stay, the words do not. The errors
 * that our own statements throw are in the words that they bring along.
 */
export function inLanguage({ language }: Pick<Estate, 'language'>, error: unknown): unknown {
  if (language !== 'de') return error;
  if (error instanceof HalfDone) return new HalfDone(inLanguage({ language }, error.error) as Error);
  if (error instanceof SqlServerError) {
    if (error.number >= FIRST_OF_USERS) return error;
    const { number, severity, state, line, procedure } = error;
    return new SqlServerError(number, germanOf(error.message), { severity, state, line, procedure });
  }
  if (!(error instanceof PowerShellRefusal)) return error;
  const { id, category, hresult } = error;
  return new PowerShellRefusal(germanOf(error.message), id, category, hresult);
}

/** Source: *THROW*: numbers from 50000 are of those who wrote the statement. */
const FIRST_OF_USERS = 50_000;

function germanOf(message: string): string {
  const named = message.match(/'[^']*'|"[^"]*"|\S*\\\S+|\b[A-Z][A-Z0-9_-]{3,}\b/g) ?? [];
  const about = [...new Set(named)].join(', ');
  return `Der Vorgang konnte nicht ausgeführt werden${about === '' ? '' : ` (${about})`}.`;
}
