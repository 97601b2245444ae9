import bufferModule from 'tedious/lib/tracking-buffer/writable-tracking-buffer.js';
import ntlmModule from 'tedious/lib/ntlm-payload.js';
import preloginModule from 'tedious/lib/prelogin-payload.js';
import proceduresModule from 'tedious/lib/special-stored-procedure.js';

/**
 * The inner parts of tedious that a server can use as well as a client. They are not its public face, so
 * its version is pinned; everything else in this folder imports them from here.
 */
export { readMetadata } from 'tedious/lib/metadata-parser.js';
export { readBVarChar } from 'tedious/lib/token/helpers.js';
export { isPLPStream, readValue } from 'tedious/lib/value-parser.js';

export type { Metadata } from 'tedious/lib/metadata-parser.js';

/** Appends numbers and counted UTF-16 strings to a buffer that grows. */
export const WritableTrackingBuffer = defaultOf(bufferModule);

/** Reads what a client offers in its PRELOGIN message. */
export const PreloginPayload = defaultOf(preloginModule);

/** The client's half of NTLM, of which a server needs the hash functions. */
export const NtlmPayload = defaultOf(ntlmModule);

/** The numbers by which a client may call a system procedure instead of by name. */
export const PROCEDURE_NUMBERS: Readonly<Record<string, number>> = defaultOf(proceduresModule);

type Imported<Exported> = Exported | { readonly default: Exported };

/**
 * These modules are declared as having a `default` export, yet at run time they *are* it, since each ends
 * with `module.exports = …`.
 */
function defaultOf<Exported extends object>(module: Imported<Exported>): Exported {
  return hasDefault(module) ? module.default : module;
}

function hasDefault<Exported extends object>(
  module: Imported<Exported>,
): module is { readonly default: Exported } {
  return 'default' in module;
}
