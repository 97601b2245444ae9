/** Something in a site file that must be put right, or that a person should know. */
export interface SiteFault {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Where in the document, such as `nodes[1].ip`; empty for the document itself. */
  readonly path: string;
  /** Never holds the value of a secret. */
  readonly message: string;
}
