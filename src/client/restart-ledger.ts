import type { AcceptedBy, HostRestart } from '../../workflows/contract.ts';
import type { ShownRun } from './shown-run.ts';

/** Something that wants a host to restart. */
export interface RestartWish {
  readonly source: string;
  /** The key, the file or the setup. */
  readonly says: string;
  readonly accepted: AcceptedBy | null;
}

/** What is known of a host and its restarts. */
export interface HostLedger {
  readonly host: string;
  readonly wanted: readonly RestartWish[];
  /** Why it could not be looked at; null where it could. */
  readonly unseen: string | null;
  /** Restarts by the site's newest run, in their order. */
  readonly restarts: readonly HostRestart[];
}

const LOOKS_FOR_IT = 'check-restart';

/** Each host of the site, from a look at all of them and from the site's newest run, if there is one. */
export function restartLedger({ steps }: ShownRun, newest: ShownRun | null): readonly HostLedger[] {
  return steps
    .filter(({ id }) => id === LOOKS_FOR_IT)
    .map(({ host, findings = [], problem }) => ({
      host,
      wanted: findings.flatMap(({ restart, accepted }) => (restart ? [{ ...restart, accepted }] : [])),
      unseen: problem?.message ?? null,
      restarts: newest?.restarts?.filter((restart) => restart.host === host) ?? [],
    }));
}
