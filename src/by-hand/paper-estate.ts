import type { Ports } from '../../activities/ports.ts';

/**
 * A simulated estate that is thrown away: steps are performed on it only to see what each of them looks at and
 * changes.
 */
export interface PaperEstate {
  readonly portsOn: (host: string) => Ports;
  /** The value that stands for a reference to a secret on this estate: nobody's secret. */
  readonly secretOf: (reference: string) => string;
  /** Restarts a host; answers once it is up again. */
  readonly restart: (host: string) => Promise<void>;
}
