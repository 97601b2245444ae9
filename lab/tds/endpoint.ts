import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Session } from './session.ts';
import { signIn, type TdsServer } from './sign-in.ts';
import { Wire } from './wire.ts';

export interface TdsEndpointOptions extends TdsServer {
  readonly address: string;
  /** 0 for any free port. */
  readonly port: number;
}

export interface TdsEndpoint {
  readonly port: number;
  /** Cuts every client's line, as a restart of the host does; goes on listening. */
  readonly dropAll: () => void;
  /** Cuts every line and stops listening. */
  readonly close: () => Promise<void>;
}

/** SQL Server keeps the numbers up to 50 to itself. Source: sys.dm_exec_sessions (Transact-SQL). */
const FIRST_SESSION_ID = 51;

/**
 * A TDS endpoint: to any driver it looks like SQL Server, and its handler decides what it answers. Speaks
 * TDS 7.2 to 7.4 with SQL logins and NTLM, in clear or with TLS inside PRELOGIN.
 *
 * Source: MS-TDS, "Tabular Data Stream Protocol".
 */
export async function listenTds(options: TdsEndpointOptions): Promise<TdsEndpoint> {
  const { address, port, ...server } = options;
  const lines = new Set<Socket>();
  let nextSessionId = FIRST_SESSION_ID;
  const listener = createServer({ noDelay: true }, (socket) => {
    lines.add(socket);
    socket.once('close', () => lines.delete(socket));
    void attend(socket, nextSessionId++, server);
  });
  listener.listen(port, address);
  await once(listener, 'listening');
  const dropAll = () => lines.forEach((line) => line.resetAndDestroy());
  return {
    port: portOf(listener),
    dropAll,
    close: async () => {
      const closed = once(listener, 'close');
      listener.close();
      dropAll();
      await closed;
    },
  };
}

async function attend(socket: Socket, id: number, server: TdsServer): Promise<void> {
  const wire = new Wire(socket, id);
  const signedIn = await signIn(wire, server);
  if (signedIn !== null) await new Session(id, wire, signedIn, server).serve();
}

function portOf(listener: Server): number {
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error(`not listening on TCP: ${address}`);
  return address.port;
}
