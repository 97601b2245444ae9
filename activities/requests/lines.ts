import type { RestartReason } from '../scripts/lines/host.ts';
import type { FindingId } from '../findings/known.ts';

/**
 * What other teams are asked for, line by line. A line's number is its place here, and stands in tickets: new
 * lines go to the end of their sheet, and none is ever taken out.
 */
const SHEETS = {
  directory: {
    letter: 'D',
    lines: [
      'cluster-object',
      'listener-object',
      'role-object',
      'creation-right',
      'cluster-names',
      'hosts',
      'service-accounts',
      'managed-accounts',
      'service-principal-names',
      'operator-account',
      'administrator-groups',
    ],
  },
  network: {
    letter: 'N',
    lines: [
      'addresses',
      'subnets',
      'names-across-subnets',
      'firewalls',
      'host-firewalls',
      'free-ports',
      'untouched-tls',
      'load-balancers',
    ],
  },
  security: {
    letter: 'S',
    lines: [
      'local-administrators',
      'operator-rights',
      'service-rights',
      'sysadmins',
      'sign-in',
      'engine-certificates',
      'master-certificate',
      'worker-certificates',
      'service-start',
      'secrets',
      'virus-scanners',
      'package-access',
    ],
  },
  backup: {
    letter: 'B',
    lines: [
      'exchange-share',
      'seeding-share',
      'key-backup',
      'master-certificate-file',
      'witness-share',
      'full-backups',
      'log-backups',
      'seeding-hold',
      'key-password',
      'backup-folders',
      'exclusions',
      'retention',
    ],
  },
} as const;

export type SheetName = keyof typeof SHEETS;

/** The lines of one sheet, or of all. */
export type Line<Name extends SheetName = SheetName> = (typeof SHEETS)[Name]['lines'][number];

export const SHEET_NAMES = Object.keys(SHEETS) as readonly SheetName[];

export function fileOf(sheet: SheetName): string {
  return `${sheet}.md`;
}

/** The lines of a sheet with their numbers, in order. */
export function numberedLines<Name extends SheetName>(
  sheet: Name,
): readonly { readonly line: Line<Name>; readonly number: string }[] {
  const { letter, lines } = SHEETS[sheet];
  return lines.map((line, at) => ({ line, number: `${letter}${at + 1}` }));
}

/** Something that is not as it should be, and the line that asks others for it; null where it is nobody else's. */
export interface Finding {
  readonly id: FindingId;
  /** What was seen. */
  readonly fault: string;
  readonly line: Line | null;
  /** Of a restart that pends: what wants it. */
  readonly restart?: RestartReason;
  /** Ids of steps; left out, those that such a finding breaks everywhere. */
  readonly breaks?: readonly string[];
  /** One imperative sentence; left out, what helps against such a finding everywhere. */
  readonly advice?: string;
}

/** Faults of one kind that one line asks others to mend. */
export function asFindings(line: Line | null, faults: readonly string[], id: FindingId): readonly Finding[] {
  return faults.map((fault) => ({ id, fault, line }));
}

/** `D1 of directory.md`; null where nothing is asked of others. */
export function sheetOf({ line }: Pick<Finding, 'line'>): string | null {
  return line === null ? null : (placesOf([{ line }])[0] ?? null);
}

/**
 * An advice, and where those find it who have to follow it: `… See D1 and D3 of directory.md, N1 of network.md
 * (ssis-ha requests).` The advice alone where nothing is asked of others.
 */
export function adviceFor(findings: readonly Pick<Finding, 'line'>[], advice: string): string {
  const places = placesOf(findings);
  return places.length === 0 ? advice : `${advice} See ${places.join(', ')} (ssis-ha requests).`;
}

function placesOf(findings: readonly Pick<Finding, 'line'>[]): readonly string[] {
  const open = new Set(findings.map(({ line }) => line));
  return SHEET_NAMES.flatMap((sheet) => {
    const numbers = numberedLines(sheet)
      .filter(({ line }) => open.has(line))
      .map(({ number }) => number);
    return numbers.length === 0 ? [] : [`${listed(numbers)} of ${fileOf(sheet)}`];
  });
}

/** `D1`, `D1 and D3`, `D1, D2 and D3`. */
function listed(numbers: readonly string[]): string {
  const rest = numbers.slice(0, -1);
  const last = numbers.at(-1) ?? '';
  return rest.length === 0 ? last : `${rest.join(', ')} and ${last}`;
}
