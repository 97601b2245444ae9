/** Something in a site file that must be put right, or that a person should know. */
export interface SiteFault {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The line itself, up to its comment; null where something stands on it that may be a secret. */
  readonly text: string | null;
  /** Where in the document, such as `nodes[1].ip`; empty for the document itself. */
  readonly path: string;
  /** Never holds the value of a secret. */
  readonly message: string;
}

/** Whether a key speaks of a secret, so that nothing below it is ever shown. */
export function namesSecret(key: string): boolean {
  return /pass|pwd|secret|key|token|webhook|credential/i.test(key);
}
