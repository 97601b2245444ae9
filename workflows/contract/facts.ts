/* What looks saw of the estate, for a picture of it as it is known. */

/**
 * Something that a look saw. What a later look tells of the same, by `about` and `of`, replaces it; `of` is the name
 * of a host, of the cluster, of the group or of the role. Null means: looked for, and not there.
 */
export type Fact =
  | { readonly about: 'cluster'; readonly of: string; readonly isThere: boolean }
  /** As the cluster says it: `Up`, `Down`, `Paused`. */
  | { readonly about: 'node'; readonly of: string; readonly state: string | null }
  | { readonly about: 'vote'; readonly of: string; readonly votes: number }
  | {
      readonly about: 'witness';
      readonly of: string;
      readonly kind: string;
      readonly at: string | null;
      readonly isOnline: boolean;
    }
  | { readonly about: 'primary'; readonly of: string; readonly at: string | null }
  /** Of the host: how its replica commits. */
  | { readonly about: 'replica'; readonly of: string; readonly mode: string | null }
  /** Of the host: how far its copy of SSISDB is. */
  | {
      readonly about: 'copy';
      readonly of: string;
      readonly state: string | null;
      readonly isReady: boolean;
    }
  | {
      readonly about: 'listener';
      readonly of: string;
      readonly name: string | null;
      readonly port: number | null;
      readonly isOnline: boolean;
    }
  | {
      readonly about: 'role';
      readonly of: string;
      readonly owner: string | null;
      readonly state: string | null;
    }
  /** Of the host: which Master its worker calls, and whether it trusts that one's certificate. */
  | {
      readonly about: 'worker';
      readonly of: string;
      readonly master: string | null;
      readonly trustsMaster: boolean;
    }
  | {
      readonly about: 'intake';
      readonly of: string;
      readonly isEnabled: boolean;
      readonly isOnline: boolean;
    }
  /** Of the node: the workers whose certificates it trusts. */
  | { readonly about: 'trust'; readonly of: string; readonly workers: readonly string[] };

/** What one look saw, and when. */
export interface FactsSeen {
  /** ISO 8601 */
  readonly at: string;
  readonly facts: readonly Fact[];
}
