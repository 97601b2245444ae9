import { once } from 'node:events';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { openClient } from '../client.ts';
import type { ServerWish } from '../client/server-link.ts';
import { OperatorError } from '../failures.ts';
import { controlRoom } from './control-room.tsx';
import { signInByKey } from './sign-in/by-key.tsx';
import { keptSecret } from './sign-in/kept-secret.ts';
import { signInKey } from './sign-in/link.ts';
import { Sessions } from './sign-in/session.ts';

export interface ControlRoomWish {
  readonly server: ServerWish;
  /** 0: any that is free. */
  readonly port: number;
  /** Who signs in by the link of the folder. */
  readonly owner: string;
}

export interface ServedControlRoom {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Serves the pages on loopback until it is closed. Throws an OperatorError where it cannot. */
export async function serveControlRoom({ server, port, owner }: ControlRoomWish): Promise<ServedControlRoom> {
  const client = await openClient(server);
  const sessions = new Sessions(keptSecret(server.directory, 'cookie-secret'));
  const signIn = signInByKey({ sessions, key: signInKey(server.directory), owner });
  const app = controlRoom({ client, signIn, directory: server.directory });
  const http = createAdaptorServer({ fetch: app.fetch }) as Server;
  try {
    await once(http.listen(port, LOOPBACK), 'listening');
  } catch (error) {
    await client.close();
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new OperatorError(`Port ${port} of ${LOOPBACK} is taken`, 'Name another one: --port PORT');
  }
  return {
    address: addressOf(http),
    async close() {
      http.close();
      http.closeAllConnections();
      await client.close();
    },
  };
}

const LOOPBACK = '127.0.0.1';

function addressOf(http: Server): string {
  const bound = http.address();
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
  return `http://${LOOPBACK}:${port}/`;
}
