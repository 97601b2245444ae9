import { NativeConnection } from '@temporalio/worker';
import { OperatorError } from '../../activities/failures.ts';
import { checkedConnection } from './connection.ts';
import type { ConnectOptions } from './connection.ts';
import { resolveServer } from './server-settings.ts';
import { reasonOf } from './reason.ts';

/** A connection for workers, checked: the server answered and has the namespace. */
export interface WorkerConnection {
  readonly connection: NativeConnection;
  readonly address: string;
  readonly namespace: string;
  /** Only once the workers on it have stopped. */
  readonly close: () => Promise<void>;
}

/**
 * Connects a worker to the server that is meant. It waits for the server as long as it is told to, so that a
 * worker may be started first. Throws an `OperatorError` as `connect` does.
 *
 * Kept apart from `connect`: what a worker needs takes half a second to load, which a command that only asks need not.
 */
export async function connectWorker(options: ConnectOptions = {}): Promise<WorkerConnection> {
  const settings = resolveServer(options);
  // The client's connection can wait and says what is wrong; the worker's can do neither.
  const checked = await checkedConnection(settings, options);
  await checked.close();
  const { address, namespace } = settings;
  try {
    const connection = await NativeConnection.connect(settings.options);
    return { connection, address, namespace, close: async () => await connection.close() };
  } catch (error) {
    throw new OperatorError(
      `The worker cannot connect to the Temporal server at ${address} (from ${settings.addressFrom}): ${reasonOf(error)}`,
      'Check the address and the TEMPORAL_TLS_* variables; what the client accepts, the worker must accept too.',
    );
  }
}
