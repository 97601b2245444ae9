/**
 * Where what a script of the catalogue does for the tool differs from what a person does with it. A script that
 * stands nowhere here is run as it is.
 */

/** Whom SSISDB can be written through: asked anew on the day, since a failover may have come. */
export const FINDS_THE_CATALOG: ReadonlySet<string> = new Set(['getPrimaryState', 'getCatalogPlace']);

/** The tool's own notes, and what it reads only to be able to take a change back. */
export const OF_THE_TOOL: ReadonlySet<string> = new Set([
  'getNote',
  'keepNote',
  'removeNote',
  'getLogLoginHash',
  'getLogConnectionText',
]);

interface Wait {
  readonly until: string;
  /** What the answer must say. */
  readonly wanted: object;
  readonly minutes: number;
  /** A function of `by-hand.ps1` that judges the answer afterwards. */
  readonly judgedBy?: string;
}

/** Looks on the way of a change that are repeated until they say so; a person may go on when patience ends. */
export const WAITS: Readonly<Record<string, Wait>> = {
  getRunningExecutions: {
    until: 'no package runs in SSISDB',
    wanted: { executions: [] },
    minutes: 60,
  },
  getLocalExecutions: {
    until: 'no package runs in the SSISDB of this engine',
    wanted: { executions: [] },
    minutes: 60,
  },
  getSetup: {
    until: 'setup has ended',
    wanted: { state: 'ended' },
    minutes: 90,
    judgedBy: 'Assert-Setup',
  },
};

export const PENDING_RESTART = 'getPendingRestart';

/**
 * What must not be there yet where it was not there on paper: once it is, the step wants something else, and its file
 * would do harm.
 */
export const NOT_YET: Readonly<Record<string, { readonly member: string; readonly what: string }>> = {
  getMasterRole: { member: 'role', what: 'The clustered role' },
};
