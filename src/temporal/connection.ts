import { Client, Connection } from '@temporalio/client';
import { connectionTrouble } from './connection-trouble.ts';
import { resolveServer } from './server-settings.ts';
import type { ServerChoice, ServerSettings } from './server-settings.ts';

const DEFAULT_TIMEOUT_SECONDS = 10;

/** gRPC would take the environment's proxy even for 127.0.0.1. */
const PAST_THE_PROXY = { 'grpc.enable_http_proxy': 0 };

export interface ConnectOptions extends ServerChoice {
  /** How long to wait for the server to answer; 10 seconds when not given. */
  readonly timeoutSeconds?: number;
}

/** A connection for clients, checked: the server answered and has the namespace. */
export interface ServerConnection {
  readonly client: Client;
  readonly connection: Connection;
  readonly address: string;
  readonly namespace: string;
  readonly close: () => Promise<void>;
}

/**
 * Connects to the server that is meant, waiting for it as long as it is told to.
 * Throws an `OperatorError` that says which address, who named it, and what to do.
 */
export async function connect(options: ConnectOptions = {}): Promise<ServerConnection> {
  const settings = resolveServer(options);
  const connection = await checkedConnection(settings, options);
  const { address, namespace } = settings;
  const client = new Client({ connection, namespace });
  return { client, connection, address, namespace, close: async () => await connection.close() };
}

/** The connection behind `connect`, for who needs no client. The caller closes it. */
export async function checkedConnection(
  settings: ServerSettings,
  { timeoutSeconds = DEFAULT_TIMEOUT_SECONDS }: Pick<ConnectOptions, 'timeoutSeconds'>,
): Promise<Connection> {
  const timeoutMs = timeoutSeconds * 1000;
  const connection = Connection.lazy({
    ...settings.options,
    connectTimeout: timeoutMs,
    channelArgs: isLoopback(settings.address) ? PAST_THE_PROXY : {},
  });
  try {
    await connection.ensureConnected();
    await connection.withDeadline(Date.now() + timeoutMs, async () => {
      await connection.workflowService.describeNamespace({ namespace: settings.namespace });
    });
    return connection;
  } catch (error) {
    await connection.close();
    throw await connectionTrouble(error, settings);
  }
}

function isLoopback(address: string): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])(:|$)/.test(address);
}
