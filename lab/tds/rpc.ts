import type { TdsValue } from './handler.ts';
import {
  isPLPStream,
  type Metadata,
  PROCEDURE_NUMBERS,
  readBVarChar,
  readMetadata,
  readValue,
} from './tedious.ts';
import { SqlServerError } from './sql-server-error.ts';

/** A call of a procedure: its name in lower case, and its parameters in order. */
export interface RpcCall {
  readonly procedure: string;
  readonly parameters: readonly RpcParameter[];
}

export interface RpcParameter {
  /** Without the `@`; empty where the client gives it by position. */
  readonly name: string;
  readonly value: TdsValue;
}

/** Source: MS-TDS 2.2.6.6 "RPC Request". */
const CALLED_BY_NUMBER = 0xffff;
const END_OF_CALL = [0xfe, 0xff, 0x80];
/** What stands before the type in a column's description, and is missing before a parameter's. */
const USER_TYPE_AND_FLAGS_LENGTH = 6;
/** Dates are refused and names are read here, so that only the version matters. */
const READING = {
  tdsVersion: '7_4',
  useUTC: true,
  lowerCaseGuids: false,
  useColumnNames: false,
  camelCaseColumns: false,
  columnNameReplacer: undefined,
};

/** Reads what follows the headers of an RPC request. */
export function readRpc(body: Buffer): RpcCall {
  const length = body.readUInt16LE(0);
  const byNumber = length === CALLED_BY_NUMBER;
  const procedure = byNumber
    ? procedureName(body.readUInt16LE(2))
    : body.toString('utf16le', 2, 2 + length * 2);
  let offset = (byNumber ? 4 : 2 + length * 2) + 2; // the name, then two bytes of options
  const parameters: RpcParameter[] = [];
  while (offset < body.length) {
    if (END_OF_CALL.includes(body.readUInt8(offset))) {
      throw new SqlServerError(
        50_000,
        'several procedure calls in one message are not supported: send them one by one',
      );
    }
    const read = readParameter(body, offset);
    parameters.push(read.parameter);
    offset = read.end;
  }
  return { procedure: procedure.toLowerCase(), parameters };
}

function procedureName(number: number): string {
  const found = Object.entries(PROCEDURE_NUMBERS).find(([, known]) => known === number);
  return found === undefined ? `procedure number ${number}` : found[0];
}

function readParameter(body: Buffer, start: number) {
  const name = readBVarChar(body, start);
  const typeStart = name.offset + 1; // after a byte of flags
  const metadata = readMetadata(body, typeStart - USER_TYPE_AND_FLAGS_LENGTH, READING);
  const read = isPLPStream(metadata.value)
    ? readPieces(body, metadata.offset)
    : readValue(body, metadata.offset, metadata.value, READING);
  const parameter = {
    name: name.value.replace(/^@/, ''),
    value: plain(name.value, metadata.value, read.value),
  };
  return { parameter, end: read.offset };
}

/**
 * Values of a `max` type come in pieces, the last one empty.
 *
 * Source: MS-TDS 2.2.5.2.3 "Data Type Dependent Data Streams", PARTLENTYPE.
 */
function readPieces(body: Buffer, start: number): { readonly value: Buffer | null; readonly offset: number } {
  const isNull = body.readBigUInt64LE(start) === 0xffff_ffff_ffff_ffffn;
  let offset = start + 8;
  if (isNull) return { value: null, offset };
  const pieces: Buffer[] = [];
  for (;;) {
    const length = body.readUInt32LE(offset);
    offset += 4;
    if (length === 0) return { value: Buffer.concat(pieces), offset };
    pieces.push(body.subarray(offset, offset + length));
    offset += length;
  }
}

function plain(name: string, { type, dataLength }: Metadata, value: unknown): TdsValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (Buffer.isBuffer(value) && type.name === 'NVarChar') return value.toString('utf16le');
  // Read as text, since not every bigint is a safe number.
  if (typeof value === 'string' && (type.name === 'BigInt' || (type.name === 'IntN' && dataLength === 8))) {
    return BigInt(value);
  }
  if (typeof value === 'string') return value;
  throw new SqlServerError(
    50_000,
    `parameter ${name} has type ${type.name}: pass it as nvarchar, int, bigint or bit`,
  );
}
