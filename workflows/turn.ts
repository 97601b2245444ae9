import type { Look, WindowFound } from './contract.ts';
import type { RestartLook } from './restart-host.ts';

/** What came of one turn on the host. */
export type Turn =
  | { readonly kind: 'in-place' }
  | { readonly kind: 'again' }
  | { readonly kind: 'asks'; readonly look: Look }
  | { readonly kind: 'restart'; readonly look: RestartLook }
  | { readonly kind: 'waits'; readonly window: WindowFound };
