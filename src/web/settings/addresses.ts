import { isIPv6 } from 'node:net';
import { isLoopback } from './loopback.ts';
import type { Settings } from './settings.ts';

/** Where the control room listens when nobody says otherwise. */
export const USUAL_PORT = 8380;

/** Where a browser finds a control room that listens on a port, with a slash at the end. */
export function addressOf({ publicAddress, tls, listen }: Settings, port: number): string {
  return publicAddress ?? new URL(`${tls ? 'https' : 'http'}://${inUrl(listen.address)}:${port}`).href;
}

/** The addresses under which browsers may ask; the one to name first. */
export function originsOf(settings: Settings, port: number): readonly [string, ...string[]] {
  const { proxies, listen, tls } = settings;
  const { origin } = new URL(addressOf(settings, port));
  // Behind a proxy, or where others reach it, it has the one name that the settings give it.
  if (proxies !== null || !isLoopback(listen.address)) return [origin];
  const scheme = tls ? 'https' : 'http';
  const names = ['127.0.0.1', 'localhost', '[::1]', inUrl(listen.address)];
  return [origin, ...names.map((name) => new URL(`${scheme}://${name}:${port}`).origin)];
}

function inUrl(address: string): string {
  return isIPv6(address) ? `[${address}]` : address;
}
