import type { ListedRun } from './list-runs.ts';

/** What the runs of a site tell of its estate. */
export interface Estate {
  readonly site: string;
  /** The last run that was to change it, else its last rehearsal; null where it was only verified. */
  readonly run: ListedRun | null;
  /** The last verification that has ended; null where there is none. */
  readonly verification: ListedRun | null;
}

/** By the runs, the last started first; so are the estates. */
export function estatesOf(runs: readonly ListedRun[]): readonly Estate[] {
  const sites = new Set(runs.map(({ site }) => site));
  return [...sites].map((site) => {
    const ofSite = runs.filter((run) => run.site === site);
    const last = (mode: ListedRun['mode']) => ofSite.find((run) => run.mode === mode);
    return {
      site,
      run: last('perform') ?? last('rehearse') ?? null,
      verification: ofSite.find(({ mode, endedAt }) => mode === 'verify' && endedAt !== null) ?? null,
    };
  });
}
