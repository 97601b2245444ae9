import { Connection } from '@temporalio/client';

const ALIVE_TIMEOUT_MS = 3_000;

/**
 * How to reach a server on this machine: past any proxy (gRPC would take the environment's for 127.0.0.1, too), and
 * trying again soon, since a server that starts answers within half a second while gRPC's own first pause is a second.
 */
const NEARBY = {
  'grpc.enable_http_proxy': 0,
  'grpc.initial_reconnect_backoff_ms': 50,
  'grpc.min_reconnect_backoff_ms': 50,
  'grpc.max_reconnect_backoff_ms': 500,
};

/** Whether a Temporal server answers at this address of this machine, without TLS. Says so at once when nobody listens. */
export async function isServerAlive(address: string): Promise<boolean> {
  // Without the SDK's interceptor, which would try again for a while.
  const connection = Connection.lazy({ address, channelArgs: NEARBY, interceptors: [] });
  try {
    await connection.withDeadline(Date.now() + ALIVE_TIMEOUT_MS, async () => {
      await connection.workflowService.getSystemInfo({});
    });
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

/** A connection to a server on this machine; `ensureConnected` waits until it answers, and throws after the time. */
export function nearbyConnection(address: string, timeoutMs: number): Connection {
  return Connection.lazy({ address, channelArgs: NEARBY, connectTimeout: timeoutMs });
}
