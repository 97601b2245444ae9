import { createServer } from 'node:net';
import { once } from 'node:events';

/** Each lab has loopback addresses of its own, so that several may run on one machine. */
export async function freeSubnet(seed: string): Promise<string> {
  let at = Buffer.from(seed).reduce((sum, byte) => (sum * 31 + byte) % 60_000, 7);
  for (let tries = 0; tries < 200; tries += 1, at = (at + 7919) % 60_000) {
    const subnet = `127.${16 + Math.floor(at / 250)}.${1 + (at % 250)}`;
    if (await isFree(`${subnet}.1`)) return subnet;
  }
  throw new Error('No free loopback network was found between 127.16.1.0 and 127.255.250.0');
}

/** The loopback address that stands for an address of the site: the same one for the whole life of a lab. */
export function loopbackFor(ip: string, subnet: string, known: Record<string, string>): string {
  known[ip] ??= `${subnet}.${Object.keys(known).length + 1}`;
  return known[ip];
}

/** Its first address is taken by the lab itself, for as long as it runs. */
async function isFree(address: string): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(RESERVED_PORT, address);
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

export const RESERVED_PORT = 14_330;
