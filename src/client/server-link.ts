import { isGrpcServiceError, type Client } from '@temporalio/client';
import { OperatorError } from '../../activities/failures.ts';
import { connect, type ConnectOptions, type ServerConnection } from '../temporal/connection.ts';
import { configuredServer } from '../temporal/server-settings.ts';
import { readUpState } from '../up/state.ts';

/** Which server is meant. */
export interface ServerWish {
  /** Folder of an `ssis-ha up`, whose server is taken when nothing else names one. */
  readonly directory: string;
  /** host:port, before everything else. */
  readonly address: string | null;
  /** How long to wait for the server to answer when connecting; 10 seconds when left out. */
  readonly timeoutSeconds?: number;
}

/** The server by its wish: the address given, the environment or a profile, the `up` of the folder. */
export function chooseServer({ directory, address }: ServerWish): ConnectOptions {
  if (address !== null) return { address };
  if (configuredServer() !== null) return {};
  const up = readUpState(directory);
  if (up !== null) return { embedded: up.temporalAddress };
  throw new OperatorError(
    `No Temporal server is named: ${directory} holds no "ssis-ha up", and there is no --address, TEMPORAL_ADDRESS or profile`,
    `Start one: ssis-ha up --dir ${directory}`,
  );
}

const REQUEST_SECONDS = 8;

/** A connection that can be made anew when the server has moved. */
export class ServerLink {
  private readonly wish: ServerWish;
  private current: ServerConnection;
  private moving: Promise<void> | null = null;

  private constructor(wish: ServerWish, current: ServerConnection) {
    this.wish = wish;
    this.current = current;
  }

  static async open(wish: ServerWish): Promise<ServerLink> {
    return new ServerLink(wish, await connectTo(wish));
  }

  get client(): Client {
    return this.current.client;
  }

  get connection(): ServerConnection['connection'] {
    return this.current.connection;
  }

  get address(): string {
    return this.current.address;
  }

  get namespace(): string {
    return this.current.namespace;
  }

  /** Asks the server something that it answers at once, or fails. */
  async ask<Result>(work: (client: Client) => Promise<Result>, seconds = REQUEST_SECONDS): Promise<Result> {
    return this.connection.withDeadline(Date.now() + seconds * 1000, () => work(this.client));
  }

  /** Follows an `up` that was started anew at another address; all who ask for it meanwhile wait for the same. */
  follow(): Promise<void> {
    this.moving ??= this.move().finally(() => (this.moving = null));
    return this.moving;
  }

  private async move(): Promise<void> {
    const before = this.current;
    if (chooseServer(this.wish).embedded === undefined) return;
    if (chooseServer(this.wish).embedded === before.address) return;
    this.current = await connectTo(this.wish);
    await before.close();
  }

  async close(): Promise<void> {
    await this.current.close();
  }
}

function connectTo(wish: ServerWish): Promise<ServerConnection> {
  return connect({
    ...chooseServer(wish),
    ...(wish.timeoutSeconds === undefined ? {} : { timeoutSeconds: wish.timeoutSeconds }),
  });
}

/** Source: gRPC, "Status codes and their use in gRPC". */
const CODES = {
  invalid: [3],
  // A request whose time is up ends with one or the other, whichever side notices first.
  late: [1, 4],
  unknown: [5],
  full: [8],
  precondition: [9],
  aborted: [10],
  unavailable: [14],
} as const;

export function failedWith(error: unknown, ...kinds: readonly (keyof typeof CODES)[]): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isGrpcServiceError(cause)) {
      const code: number = cause.code;
      return kinds.some((kind) => CODES[kind].some((known) => known === code));
    }
  }
  return false;
}

/** Whether the server, or the way to it, is to blame, so that the same may go well a moment later. */
export function isServerAway(error: unknown): boolean {
  return failedWith(error, 'unavailable', 'late', 'full', 'aborted');
}
