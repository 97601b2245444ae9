import { once } from 'node:events';
import { connect as openSocket } from 'node:net';
import { isGrpcServiceError } from '@temporalio/client';
import { OperatorError } from '../../activities/failures.ts';
import type { ServerSettings } from './server-settings.ts';

const PROBE_TIMEOUT_MS = 3_000;

/** Source: gRPC, "Status codes and their use in gRPC"; 4 is DEADLINE_EXCEEDED, 14 UNAVAILABLE. */
const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;
const SILENT: readonly (number | null)[] = [null, 4, 14];

/** Turns what a connection failed with into a sentence: which address, who named it, and what to do. */
export async function connectionTrouble(error: unknown, settings: ServerSettings): Promise<OperatorError> {
  const { address, addressFrom, namespace, namespaceFrom } = settings;
  const server = `The Temporal server at ${address} (from ${addressFrom})`;
  const { code, details } = statusOf(error);
  if (code === NOT_FOUND) {
    return new OperatorError(
      `${server} has no namespace "${namespace}" (from ${namespaceFrom})`,
      `Correct TEMPORAL_NAMESPACE or the profile, or create it: temporal operator namespace create -n ${namespace} --address ${address}`,
    );
  }
  if (code === PERMISSION_DENIED || code === UNAUTHENTICATED) {
    return new OperatorError(
      `${server} refuses this caller in the namespace "${namespace}": ${details}`,
      'Check TEMPORAL_API_KEY or the client certificate of TEMPORAL_TLS_CLIENT_CERT_PATH, and what it may do there.',
    );
  }
  if (SILENT.includes(code)) return await silence(server, settings);
  return new OperatorError(`${server} answers with an error: ${details}`, 'Look at the server and its log.');
}

/** The library wraps gRPC's error once or twice. */
function statusOf(error: unknown): { readonly code: number | null; readonly details: string } {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isGrpcServiceError(cause)) return { code: cause.code, details: cause.details };
  }
  return { code: null, details: '' };
}

/** gRPC says no more than that it took too long, so the socket is asked for the reason. */
async function silence(server: string, { address, options }: ServerSettings): Promise<OperatorError> {
  const withTls = Boolean(options.tls) || options.apiKey !== undefined;
  const reason = await whyNoSocket(address);
  if (reason !== null) {
    return new OperatorError(
      `${server} does not answer: ${reason}`,
      'Start it, or correct TEMPORAL_ADDRESS or the profile. "ssis-ha up" starts a server of its own.',
    );
  }
  return new OperatorError(
    `${server} does not answer: something listens there, but it does not speak Temporal ${withTls ? 'with' : 'without'} TLS`,
    withTls
      ? 'Check the address and the certificates of TEMPORAL_TLS_*; without TLS set TEMPORAL_TLS to false.'
      : 'Check the address; if the server wants TLS set TEMPORAL_TLS to true, or TEMPORAL_API_KEY.',
  );
}

/** Null when the address takes connections, else the reason why it does not. */
async function whyNoSocket(address: string): Promise<string | null> {
  const [, host = address, port = '7233'] = /^\[?(.+?)\]?(?::(\d+))?$/.exec(address) ?? [];
  const socket = openSocket({ host, port: Number(port) });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ECONNREFUSED') return 'nobody listens there';
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `the name ${host} is not known`;
    return `no connection comes about (${String(code)})`;
  } finally {
    socket.destroy();
  }
}
