import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** One question to the lab of a folder, as `ssis-ha lab show` asks it. */
export async function askLab(
  directory: string,
  question: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const access = JSON.parse(readFileSync(join(directory, 'lab', 'access.json'), 'utf8')) as {
    port: number;
    token: string;
  };
  const socket = connect(access.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`${JSON.stringify({ ...question, token: access.token })}\n`);
  const [line] = (await once(createInterface({ input: socket }), 'line')) as [string];
  socket.destroy();
  return JSON.parse(line) as Record<string, unknown>;
}
