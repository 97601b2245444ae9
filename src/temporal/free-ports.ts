import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that systems hand out for outgoing connections (Linux from 32768, Windows and macOS from 49152).
 * A port out of that range could be taken while a server that is to keep it is being started again; and a client that
 * retries in the meantime can even connect to itself and so take it.
 *
 * Source: Linux, `Documentation/networking/ip-sysctl`, ip_local_port_range; Microsoft, "The default dynamic port range
 * for TCP/IP has changed".
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;
const ATTEMPTS = 50;

/** Draws a port of 127.0.0.1 that nobody listens on, fit to be kept across restarts. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isPortFree(port)) return port;
  }
  throw new Error(
    `No free port was found on 127.0.0.1 in ${ATTEMPTS} draws from ${FIRST_PORT} to ${LAST_PORT}`,
  );
}

/** Whether this process could listen on the port of 127.0.0.1 now. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
