import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/*
 * The estate's name service: loaded into a process before anything else, it leads the names of the estate to
 * the loopback addresses where the lab listens. Every other name goes where it always goes.
 */

const NAMES_FILE = process.env['SSIS_HA_LAB_NAMES'] ?? '';
const real = dns.lookup;
const realPromise = dns.promises.lookup;

type Callback = (error: NodeJS.ErrnoException | null, address: unknown, family?: number) => void;

function addressesOf(name: string): readonly string[] | null {
  try {
    const names = JSON.parse(readFileSync(NAMES_FILE, 'utf8')) as Record<string, string[]>;
    return names[name.toLowerCase()] ?? null;
  } catch {
    return null;
  }
}

function lookup(name: string, options: unknown, callback?: Callback): void {
  const given = (typeof options === 'function' ? options : callback) as Callback;
  const asked = typeof options === 'object' && options !== null ? (options as dns.LookupOptions) : {};
  const addresses = addressesOf(name);
  if (addresses === null) {
    (real as (...all: unknown[]) => void)(name, asked, given);
    return;
  }
  process.nextTick(() => {
    if (asked.all)
      given(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    else given(null, addresses[0], 4);
  });
}

dns.lookup = Object.assign(lookup, real);
dns.promises.lookup = (async (name: string, options?: dns.LookupOptions) => {
  const addresses = addressesOf(name);
  if (addresses === null) return realPromise(name, options ?? {});
  const found = addresses.map((address) => ({ address, family: 4 }));
  return options?.all ? found : found[0];
}) as typeof dns.promises.lookup;
syncBuiltinESMExports();
