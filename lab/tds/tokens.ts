import type { ServerVersion } from './prelogin.ts';
import type { SqlServerError } from './sql-server-error.ts';
import { WritableTrackingBuffer } from './tedious.ts';

/** Source: MS-TDS 2.2.7 "Packet Data Token Stream Definition". */
const TOKEN = { returnStatus: 0x79, error: 0xaa, loginAck: 0xad, environment: 0xe3, sspi: 0xed } as const;

/** How a request came decides how its answer ends. Source: MS-TDS 2.2.7.6 to 2.2.7.8. */
export type RequestKind = 'batch' | 'rpc';
const DONE = { batch: 0xfd, rpc: 0xfe, inProcedure: 0xff } as const;
const STATUS = { final: 0, more: 0x01, error: 0x02, counted: 0x10, attention: 0x20 } as const;

/** Source: MS-TDS 2.2.7.9 "ENVCHANGE". */
export const ENVIRONMENT = {
  database: 1,
  packetSize: 4,
  collation: 7,
  begin: 8,
  commit: 9,
  rollback: 10,
} as const;

/** Longer messages are cut, as the server cuts them. Source: RAISERROR (Transact-SQL), "msg_str". */
const LONGEST_MESSAGE = 2047;

/** The end of a response without rows. */
export function done(kind: RequestKind): Buffer {
  return kind === 'rpc'
    ? Buffer.concat([returnStatus(), doneToken(DONE.rpc, STATUS.final)])
    : doneToken(DONE.batch, STATUS.final);
}

/** The end of a response that sent this many rows. */
export function doneAfterRows(kind: RequestKind, rows: number): Buffer {
  if (kind === 'batch') return doneToken(DONE.batch, STATUS.counted, rows);
  return Buffer.concat([doneToken(DONE.inProcedure, STATUS.counted | STATUS.more, rows), done('rpc')]);
}

export function failed(kind: RequestKind, error: SqlServerError, serverName: string): Buffer {
  return Buffer.concat([errorToken(error, serverName), doneToken(DONE[kind], STATUS.error)]);
}

/** The answer to a request that the client gave up while sending it. Source: MS-TDS 2.2.1.7 "Attention". */
export function doneIgnored(): Buffer {
  return doneToken(DONE.batch, STATUS.error);
}

/** The confirmation of a cancel: a message of its own, after the one that ends the cancelled response. */
export function doneAttention(): Buffer {
  return doneToken(DONE.batch, STATUS.attention);
}

/** Values are text for names and sizes, bytes for collations and transactions. */
export function environmentChange(kind: number, after: string | Buffer, before: string | Buffer): Buffer {
  const body = new WritableTrackingBuffer(64);
  body.writeUInt8(kind);
  for (const value of [after, before]) {
    if (typeof value === 'string') body.writeBVarchar(value);
    else body.writeBuffer(Buffer.concat([Buffer.from([value.length]), value]));
  }
  return counted(TOKEN.environment, body.data);
}

export function loginAcknowledgement(tdsVersion: number, version: ServerVersion): Buffer {
  const body = new WritableTrackingBuffer(64);
  body.writeUInt8(1); // SQL_TSQL
  body.writeUInt32BE(tdsVersion);
  body.writeBVarchar('Microsoft SQL Server');
  body.writeUInt8(version.major);
  body.writeUInt8(version.minor);
  body.writeUInt16BE(version.build);
  return counted(TOKEN.loginAck, body.data);
}

export function sspiToken(message: Buffer): Buffer {
  return counted(TOKEN.sspi, message);
}

function errorToken(error: SqlServerError, serverName: string): Buffer {
  const { message } = error;
  const body = new WritableTrackingBuffer(256);
  body.writeUInt32LE(error.number);
  body.writeUInt8(error.state);
  body.writeUInt8(error.severity);
  body.writeUsVarchar(
    message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE - 3)}...` : message,
  );
  body.writeBVarchar(serverName);
  body.writeBVarchar(error.procedure);
  body.writeUInt32LE(error.line);
  return counted(TOKEN.error, body.data);
}

function returnStatus(): Buffer {
  return Buffer.from([TOKEN.returnStatus, 0, 0, 0, 0]);
}

function doneToken(token: number, status: number, rows = 0): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt8(token, 0);
  bytes.writeUInt16LE(status, 1);
  bytes.writeBigUInt64LE(BigInt(rows), 5);
  return bytes;
}

function counted(token: number, body: Buffer): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(token, 0);
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}
