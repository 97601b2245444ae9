import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import mssql from 'mssql';
import type { SecretsPort, SqlPort, SqlTarget } from '../../activities/ports.ts';
import type { AboutFence } from '../../activities/scripts/fence.ts';
import {
  sqlScripts,
  type SqlName,
  type SqlParameters,
  type SqlResult,
} from '../../activities/scripts/index.ts';
import type { Access } from '../../workflows/contract.ts';
import { readAuthorities } from './authorities.ts';
import { revealedJson } from './reveal.ts';
import { failureOfSql } from './sql-errors.ts';
import { statementOf } from './sql-statement.ts';

const CONNECT_TIMEOUT_MS = 15_000;
/** Back-up and restore of a large catalog take their time; heartbeats tell that somebody still waits. */
const REQUEST_TIMEOUT_MS = 60 * 60_000;

/** Connections of one worker, kept warm by target. Those for changes are single, since the fence lives in a session. */
export class Connections {
  private readonly pools = new Map<string, Promise<mssql.ConnectionPool>>();
  private readonly secrets: SecretsPort;

  constructor(secrets: SecretsPort) {
    this.secrets = secrets;
  }

  async pool(target: SqlTarget, access: Access, effect: 'look' | 'change'): Promise<mssql.ConnectionPool> {
    const key = `${effect} ${target.server},${target.port} ${access.operator.account}`;
    const known = this.pools.get(key);
    if (known) return known;
    const opened = this.open(target, access, effect === 'change' ? 1 : 4, key);
    this.pools.set(key, opened);
    opened.catch(() => this.pools.delete(key));
    return opened;
  }

  /** After a failure a new connection is made: a pool does not always notice that the other side is gone. */
  forget(pool: mssql.ConnectionPool): void {
    for (const [key, opened] of this.pools) {
      void opened.then(
        (candidate) => {
          if (candidate === pool) this.pools.delete(key);
        },
        () => undefined,
      );
    }
    void pool.close().catch(() => undefined);
  }

  async close(): Promise<void> {
    const opened = [...this.pools.values()];
    this.pools.clear();
    await Promise.allSettled(opened.map(async (pool) => (await pool).close()));
  }

  private async open(
    target: SqlTarget,
    access: Access,
    max: number,
    key: string,
  ): Promise<mssql.ConnectionPool> {
    const pool = new mssql.ConnectionPool(await this.configOf(target, access, max));
    pool.on('error', () => this.pools.delete(key));
    return pool.connect();
  }

  private async configOf(target: SqlTarget, access: Access, max: number): Promise<mssql.config> {
    const { account, password } = access.operator;
    const [domain = '', user = ''] = account.split('\\');
    const { verify, authorities } = access.tls;
    const cryptoCredentialsDetails =
      authorities === null ? {} : { ca: readAuthorities(authorities, 'tls.authorities') };
    return {
      server: target.server,
      port: target.port,
      database: 'master',
      domain,
      user,
      password: password === null ? '' : (await this.secrets.resolve(password)).reveal(),
      // A look at the socket, not one more question: what is found dead later is retried anyway.
      validateConnection: 'socket',
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      pool: { max, min: 0, idleTimeoutMillis: 300_000 },
      options: {
        encrypt: true,
        trustServerCertificate: !verify,
        serverName: target.server,
        cryptoCredentialsDetails,
        connector: () => openLine(target),
        appName: 'ssis-ha',
      },
    };
  }
}

/**
 * A statement longer than one packet goes out in several writes. Left alone, the last of them waits until the
 * other side has acknowledged the one before, and the other side takes its time over that.
 *
 * Source: RFC 1122, section 4.2.3.4; tedious 19 sets no TCP_NODELAY and takes a socket from `connector`.
 */
async function openLine({ server, port }: SqlTarget): Promise<Socket> {
  const socket = connect({ host: server, port, noDelay: true });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** SQL for the length of one activity: looks on any connection, changes on the one that holds the fence. */
export class LeasedSql implements SqlPort {
  private readonly connections: Connections;
  private readonly access: Access;
  private readonly own: SqlTarget;
  private readonly fenced: boolean;
  private readonly fences = new Map<string, { target: SqlTarget; pool: mssql.ConnectionPool }>();
  private readonly underWay = new Set<mssql.Request>();

  /** `fenced`: also looks are made behind the fence, on the connection that holds it. */
  constructor(connections: Connections, access: Access, own: SqlTarget, fenced: boolean) {
    this.connections = connections;
    this.access = access;
    this.own = own;
    this.fenced = fenced;
  }

  async run<Name extends SqlName>(
    name: Name,
    parameters: SqlParameters<Name>,
    target: SqlTarget = this.own,
  ): Promise<SqlResult<Name>> {
    const key = `${target.server},${target.port}`;
    const held = this.fences.get(key);
    const isFenced = this.fenced || sqlScripts[name].effect === 'change';
    if (held)
      return this.send(held.pool, name, parameters, { target, fence: isFenced ? 'holds it' : 'nothing' });
    const pool = await this.connected(target, isFenced ? 'change' : 'look', name);
    if (isFenced) this.fences.set(key, { target, pool });
    return this.send(pool, name, parameters, { target, fence: isFenced ? 'takes it' : 'nothing' });
  }

  /** Cancels what is under way: what hangs fails as lost. */
  giveUp(): void {
    for (const request of this.underWay) request.cancel();
  }

  /** Gives the fences back; one that cannot be given back ends with its connection, which is cut. */
  async close(outcome: 'good' | 'bad'): Promise<void> {
    const held = [...this.fences.values()];
    this.fences.clear();
    for (const { target, pool } of held) {
      if (outcome === 'bad') this.connections.forget(pool);
      // A fence that cannot be given back has gone with its connection: nothing is left to do.
      else await this.send(pool, 'releaseFence', {}, { target, fence: 'nothing' }).catch(() => undefined);
    }
  }

  private async connected(
    target: SqlTarget,
    effect: 'look' | 'change',
    name: string,
  ): Promise<mssql.ConnectionPool> {
    try {
      return await this.connections.pool(target, this.access, effect);
    } catch (error) {
      throw failureOfSql(error, name, target.server);
    }
  }

  private async send<Name extends SqlName>(
    pool: mssql.ConnectionPool,
    name: Name,
    parameters: SqlParameters<Name>,
    { target, fence }: { readonly target: SqlTarget; readonly fence: AboutFence },
  ): Promise<SqlResult<Name>> {
    const script = sqlScripts[name];
    const request = pool.request();
    request.input('parameters', mssql.NVarChar(mssql.MAX), revealedJson(script.parameters.parse(parameters)));
    this.underWay.add(request);
    try {
      const { recordset } = await request.query<{ result: string }>(statementOf(name, fence));
      return script.result.parse(JSON.parse(recordset?.[0]?.result ?? '{}')) as SqlResult<Name>;
    } catch (error) {
      this.connections.forget(pool);
      for (const [key, held] of this.fences) if (held.pool === pool) this.fences.delete(key);
      throw failureOfSql(error, name, target.server);
    } finally {
      this.underWay.delete(request);
    }
  }
}
