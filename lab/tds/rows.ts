import type { TdsColumn, TdsColumnKind, TdsResult, TdsValue } from './handler.ts';
import { WritableTrackingBuffer } from './tedious.ts';

/** Source: MS-TDS 2.2.7.4 "COLMETADATA", 2.2.7.20 "ROW". */
const TOKEN = { columns: 0x81, row: 0xd1 } as const;
const NULLABLE = 0x0001;

/**
 * SQL_Latin1_General_CP1_CI_AS, the default of an English installation.
 *
 * Source: MS-TDS 2.2.5.1.2 "Collation Rule Definition".
 */
export const COLLATION = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

/** Source: MS-TDS 2.2.5.4 "Data Type Definitions", 2.2.5.5 "Data Type Details". */
const TYPE_INFO: Readonly<Record<TdsColumnKind, Buffer>> = {
  nvarchar: Buffer.concat([Buffer.from([0xe7, 0xff, 0xff]), COLLATION]),
  int: Buffer.from([0x26, 4]),
  bigint: Buffer.from([0x26, 8]),
  bit: Buffer.from([0x68, 1]),
};

/** A result set as tokens. Throws when a value does not fit its column. */
export function resultSet(result: TdsResult): Buffer {
  return Buffer.concat([
    columnsToken(result.columns),
    ...result.rows.map((row) => rowToken(result.columns, row)),
  ]);
}

function columnsToken(columns: readonly TdsColumn[]): Buffer {
  const token = new WritableTrackingBuffer(256, 'ucs2', true);
  token.writeUInt8(TOKEN.columns);
  token.writeUInt16LE(columns.length);
  for (const { name, kind } of columns) {
    token.writeUInt32LE(0); // no user type
    token.writeUInt16LE(NULLABLE);
    token.writeBuffer(TYPE_INFO[kind]);
    token.writeBVarchar(name);
  }
  return token.data;
}

function rowToken(columns: readonly TdsColumn[], row: readonly TdsValue[]): Buffer {
  if (row.length !== columns.length) {
    throw new Error(`a row has ${row.length} values, its result set has ${columns.length} columns`);
  }
  const values = columns.map((column, index) => valueOf(column, row[index] ?? null));
  return Buffer.concat([Buffer.from([TOKEN.row]), ...values]);
}

function valueOf({ name, kind }: TdsColumn, value: TdsValue): Buffer {
  if (kind === 'nvarchar' && (value === null || typeof value === 'string')) return longText(value);
  if (value === null) return Buffer.from([0]);
  if (kind === 'bit' && typeof value === 'boolean') return Buffer.from([1, value ? 1 : 0]);
  if (kind === 'int' && typeof value === 'number') return integer(4, BigInt(value));
  if (kind === 'bigint' && (typeof value === 'number' || typeof value === 'bigint'))
    return integer(8, BigInt(value));
  throw new TypeError(`column '${name}' is ${kind} and cannot hold a ${typeof value}`);
}

function integer(bytes: 4 | 8, value: bigint): Buffer {
  const field = Buffer.alloc(1 + bytes);
  field.writeUInt8(bytes, 0);
  if (bytes === 4) field.writeInt32LE(Number(value), 1);
  else field.writeBigInt64LE(value, 1);
  return field;
}

/**
 * Partially length-prefixed bytes, here in a single piece.
 *
 * Source: MS-TDS 2.2.5.2.3 "Data Type Dependent Data Streams".
 */
function longText(value: string | null): Buffer {
  if (value === null) return Buffer.alloc(8, 0xff);
  const text = Buffer.from(value, 'utf16le');
  const total = Buffer.alloc(8);
  total.writeBigUInt64LE(BigInt(text.length));
  if (text.length === 0) return Buffer.concat([total, Buffer.alloc(4)]);
  const piece = Buffer.alloc(4);
  piece.writeUInt32LE(text.length);
  return Buffer.concat([total, piece, text, Buffer.alloc(4)]);
}
