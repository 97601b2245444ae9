import { createInterface } from 'node:readline';
import type { Socket } from 'node:net';

/** One JSON document a line, both ways. A line that is none ends the connection. */
export function readLines(socket: Socket, heard: (message: unknown) => void): void {
  const lines = createInterface({ input: socket, crlfDelay: Infinity });
  lines.on('line', (line) => {
    try {
      heard(JSON.parse(line));
    } catch {
      socket.destroy();
    }
  });
  lines.on('error', () => socket.destroy());
}

export function writeLine(socket: Socket, message: unknown): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

/** Where a lab listens for shells and for questions, as its access file tells. */
export interface LabAccess {
  readonly port: number;
  readonly token: string;
}
