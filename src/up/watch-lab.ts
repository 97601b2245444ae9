import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const RECONNECT_MS = 200;

/** Tells which hosts of the lab are up, at once and whenever that changes; finds the lab again when it was killed. */
export function watchLabHosts(
  directory: string,
  heard: (hosts: Readonly<Record<string, 'up' | 'down'>>) => void,
): { close(): void } {
  let socket: Socket | null = null;
  let closed = false;
  const open = () => {
    if (closed) return;
    const again = () => setTimeout(open, RECONNECT_MS);
    const access = readAccess(directory);
    if (access === null) return void again();
    socket = connect(access.port, '127.0.0.1');
    socket.on('connect', () => socket?.write(`${JSON.stringify({ type: 'watch', token: access.token })}\n`));
    socket.on('error', () => undefined);
    socket.once('close', again);
    const lines = createInterface({ input: socket });
    lines.on('line', (line) => heard((JSON.parse(line) as { hosts: Record<string, 'up' | 'down'> }).hosts));
    // The interface passes its socket's error on; the socket's own close is what counts.
    lines.on('error', () => undefined);
  };
  open();
  return {
    close() {
      closed = true;
      socket?.destroy();
    },
  };
}

function readAccess(directory: string): { readonly port: number; readonly token: string } | null {
  try {
    return JSON.parse(readFileSync(join(directory, 'lab', 'access.json'), 'utf8')) as {
      port: number;
      token: string;
    };
  } catch {
    return null;
  }
}
