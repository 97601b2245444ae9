import type { TdsValue, TransactionAct } from './handler.ts';
import { MESSAGE, type TdsMessage } from './packets.ts';
import { readRpc, type RpcCall } from './rpc.ts';
import { SqlServerError } from './sql-server-error.ts';

/** What a client can ask for once it has signed in. */
export type TdsRequest = StatementRequest | TransactionRequest;

export interface StatementRequest {
  readonly kind: 'statement';
  readonly text: string;
  readonly parameters: ReadonlyMap<string, TdsValue>;
}

export interface TransactionRequest {
  readonly kind: 'transaction';
  readonly act: TransactionAct;
  /** A commit or rollback may ask for the next transaction at once. */
  readonly beginsAnother: boolean;
}

/** Reads one request. Throws the `SqlServerError` that the client is to get when it is none of ours. */
export function readRequest(message: TdsMessage): TdsRequest {
  const body = message.payload.subarray(headersLength(message.payload));
  switch (message.type) {
    case MESSAGE.batch:
      return { kind: 'statement', text: body.toString('utf16le'), parameters: new Map() };
    case MESSAGE.rpc:
      return statementOf(readRpc(body));
    case MESSAGE.transaction:
      return transactionOf(body);
    default:
      throw new SqlServerError(50_000, `requests of type 0x${message.type.toString(16)} are not supported`);
  }
}

/**
 * True for a batch of nothing but session settings (`SET … ON`), such as every driver sends after sign-in
 * and at its own moments.
 */
export function onlySettings(text: string): boolean {
  const parts = text.split(/[;\n]/).map((part) => part.trim());
  return parts.some((part) => part !== '') && parts.every((part) => part === '' || SETTING.test(part));
}
const SETTING = /^set\s+[a-z]\w*(\s+[\w'-]+)*$/i;

/** Requests begin with headers about transactions and tracing. Source: MS-TDS 2.2.5.3 "ALL_HEADERS". */
function headersLength(payload: Buffer): number {
  return payload.readUInt32LE(0);
}

/** Source: sp_executesql (Transact-SQL): the statement, the declaration of its parameters, then these. */
function statementOf(call: RpcCall): StatementRequest {
  if (call.procedure !== 'sp_executesql') {
    throw new SqlServerError(2812, `Could not find stored procedure '${call.procedure}'.`, { state: 62 });
  }
  const [text, , ...values] = call.parameters;
  if (typeof text?.value !== 'string') {
    // Source: SQL Server's sys.messages.
    throw new SqlServerError(
      214,
      "Procedure expects parameter '@statement' of type 'ntext/nchar/nvarchar'.",
      {
        state: 2,
        procedure: 'sp_executesql',
      },
    );
  }
  const parameters = new Map(values.map(({ name, value }) => [name, value]));
  return { kind: 'statement', text: text.value, parameters };
}

/** Source: MS-TDS 2.2.6.9 "Transaction Manager Request". */
const ACTS: ReadonlyMap<number, TransactionAct> = new Map([
  [5, 'begin'],
  [7, 'commit'],
  [8, 'rollback'],
]);

function transactionOf(body: Buffer): TransactionRequest {
  const type = body.readUInt16LE(0);
  const act = ACTS.get(type);
  if (act === undefined) {
    throw new SqlServerError(
      50_000,
      `transaction requests of type ${type} are not supported: begin, commit or roll back`,
    );
  }
  const nameLength = act === 'begin' ? 0 : body.readUInt8(2);
  return {
    kind: 'transaction',
    act,
    beginsAnother: act !== 'begin' && (body.readUInt8(3 + nameLength) & 1) === 1,
  };
}
