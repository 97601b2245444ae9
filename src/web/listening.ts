import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { RunClient } from '../client.ts';
import { OperatorError } from '../failures.ts';
import { controlRoom } from './control-room.tsx';
import { doorway } from './doorway.ts';
import { addressOf, originsOf } from './settings/addresses.ts';
import type { Settings } from './settings/settings.ts';
import { signInFor } from './sign-in/sign-in-for.ts';

interface ListeningWish {
  readonly client: RunClient;
  readonly settings: Settings;
  /** Holds the secrets of the control room. */
  readonly directory: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Who signs in by the link of the folder. */
  readonly owner: string;
}

/** A control room that is open. */
export interface Listening {
  /** Where a browser finds it, with a slash at the end. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Opens the pages to browsers. Throws an OperatorError where it cannot listen. */
export async function listening(wish: ListeningWish): Promise<Listening> {
  const { settings } = wish;
  let answer: Answer = () => new Response('Not ready yet.\n', { status: 503 });
  const http = serverFor(settings, (request, bindings) => answer(request, bindings));
  const port = await boundPort(http, settings.listen.address, wish.port);
  const close = async () => {
    http.close();
    http.closeAllConnections();
    if (http.listening) await once(http, 'close');
  };
  try {
    answer = await answering(wish, port);
    return { address: addressOf(settings, port), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Only when the port is known, it is known under which address browsers come. */
async function answering(
  { client, settings, directory, owner }: ListeningWish,
  port: number,
): Promise<Answer> {
  const address = addressOf(settings, port);
  const signIn = await signInFor({ settings, directory, owner, address });
  const app = controlRoom({ client, signIn, directory });
  const judge = doorway({ proxies: settings.proxies, origins: originsOf(settings, port) });
  return (request, { incoming }) => {
    const entry = judge(request, incoming.socket.remoteAddress ?? '');
    if ('refused' in entry) return entry.refused;
    return app.fetch(entry.request, { visitorAddress: entry.visitorAddress });
  };
}

type Answer = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

function serverFor({ tls }: Settings, answer: Answer): Server {
  const fetch = (request: Request, bindings: unknown) => answer(request, bindings as HttpBindings);
  if (tls === null) return createAdaptorServer({ fetch, createServer }) as Server;
  const pair = { key: textOf(tls.key), cert: textOf(tls.certificate) };
  try {
    return createAdaptorServer({
      fetch,
      createServer: createSecureServer,
      serverOptions: { ...pair, minVersion: 'TLSv1.2' },
    }) as Server;
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    throw new OperatorError(
      `${tls.key} and ${tls.certificate} are no pair of a key and its certificate (${cause})`,
      'Name both as PEM files, the key without a password, in tls of control-room.yaml.',
    );
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    throw new OperatorError(
      `${file}, which tls names, cannot be read (${code})`,
      'Put it there, readable by the account of the control room, then start again.',
    );
  }
}

async function boundPort(http: Server, address: string, port: number): Promise<number> {
  try {
    await once(http.listen(port, address), 'listening');
  } catch (error) {
    throw cannotListen(error, address, port);
  }
  const bound = http.address();
  return bound !== null && typeof bound === 'object' ? bound.port : port;
}

function cannotListen(error: unknown, address: string, port: number): unknown {
  switch (error instanceof Error && 'code' in error ? error.code : null) {
    case 'EADDRINUSE':
      return new OperatorError(`Port ${port} of ${address} is taken`, 'Name another one: --port PORT');
    case 'EADDRNOTAVAIL':
      return new OperatorError(
        `${address} is no address of this machine`,
        'Name one of its own under listen in control-room.yaml, or 0.0.0.0 for all of them.',
      );
    case 'EACCES':
      return new OperatorError(
        `Port ${port} of ${address} is not open to this account`,
        'Name one from 1024 on, or let a proxy stand before it.',
      );
    default:
      return error;
  }
}
