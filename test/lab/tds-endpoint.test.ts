import { once } from 'node:events';
import sql from 'mssql';
import { Connection, Request } from 'tedious';
import { describe, expect, it } from 'vitest';
import { MESSAGE, MessageReader, packetsOf } from '../../lab/tds/packets.ts';
import { SqlServerError } from '../../lab/tds/sql-server-error.ts';
import { listen, PASSWORD, type RecordingHandler, type Run } from './tds-fixture.ts';

describe('answers', () => {
  it('carry texts, numbers and bits, each of which may be null', async () => {
    const { connect } = await listen(async () => ({
      columns: [
        { name: 'text', kind: 'nvarchar' },
        { name: 'int', kind: 'int' },
        { name: 'bigint', kind: 'bigint' },
        { name: 'bit', kind: 'bit' },
      ],
      rows: [
        ['grüße 😀', -5, 9_007_199_254_740_993n, true],
        ['', 0, -1, false],
        [null, null, null, null],
      ],
    }));
    const pool = await connect();
    const { recordset, rowsAffected } = await pool.query('SELECT everything');
    expect(recordset).toEqual([
      { text: 'grüße 😀', int: -5, bigint: '9007199254740993', bit: true },
      { text: '', int: 0, bigint: '-1', bit: false },
      { text: null, int: null, bigint: null, bit: null },
    ]);
    expect(rowsAffected).toEqual([3]);
  });

  it('may be without rows, to a batch as to a query', async () => {
    const { connect } = await listen(async () => null);
    const pool = await connect();
    expect((await pool.request().batch('ALTER AVAILABILITY GROUP')).recordset).toBeUndefined();
    expect((await pool.request().query('ALTER AVAILABILITY GROUP')).recordset).toBeUndefined();
  });

  it('of a megabyte reach a client whose question had a megabyte', async () => {
    const { connect } = await listen();
    const json = JSON.stringify({ text: 'ä'.repeat(1 << 20) });
    const request = (await connect()).request().input('parameters', sql.NVarChar(sql.MAX), json);
    expect((await request.query('echo parameters')).recordset).toEqual([{ answer: json }]);
  });

  it('are made from the text and the named parameters of a query', async () => {
    const { handler, connect } = await listen();
    const request = (await connect()).request();
    request.input('text', sql.NVarChar(20), 'kurz').input('long', sql.NVarChar(sql.MAX), null);
    request.input('code', sql.VarChar(20), 'é').input('empty', sql.NVarChar(sql.MAX), '');
    request
      .input('int', sql.Int, -7)
      .input('bigint', sql.BigInt, 2n ** 62n)
      .input('bit', sql.Bit, true);
    await request.query('SELECT @text');
    const [statement] = handler.statements;
    const texts = { text: 'kurz', long: null, code: 'é', empty: '' };
    const others = { int: -7, bigint: 2n ** 62n, bit: true };
    expect(statement?.text).toBe('SELECT @text');
    expect(Object.fromEntries(statement?.parameters ?? [])).toEqual({ ...texts, ...others });
  });
});

describe('errors', () => {
  it('reach the client with number, state, severity, line, procedure and server', async () => {
    const message = 'Transaction (Process ID 51) was deadlocked on lock resources with another process.';
    const { connect } = await listen(async () => {
      throw new SqlServerError(1205, message, { severity: 13, state: 45, line: 7, procedure: 'enable' });
    });
    const pool = await connect();
    const place = { class: 13, state: 45, lineNumber: 7, procName: 'enable', serverName: 'SQL-A\\SSIS' };
    const error = { code: 'EREQUEST', number: 1205, message, ...place };
    await expect(pool.request().query('EXEC enable')).rejects.toMatchObject(error);
    await expect(pool.request().batch('EXEC enable')).rejects.toMatchObject(error);
  });

  it('end the session when they are fatal', async () => {
    const { handler, connect } = await listen(async () => {
      throw new SqlServerError(596, 'The session is in the kill state.', { severity: 21 });
    });
    const pool = await connect();
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ number: 596, class: 21 });
    await closingOf(handler);
  });

  it('tell of a handler that fails, here of a value that does not fit its column', async () => {
    const { connect } = await listen(async () => ({
      columns: [{ name: 'id', kind: 'int' }],
      rows: [['seven']],
    }));
    const message = "TypeError: column 'id' is int and cannot hold a string";
    await expect((await connect()).query('SELECT id')).rejects.toMatchObject({ number: 50_000, message });
  });

  it('answer a call of any procedure but sp_executesql', async () => {
    const { connect } = await listen();
    const message = "Could not find stored procedure 'catalog.start_execution'.";
    const call = (await connect()).request().execute('catalog.start_execution');
    await expect(call).rejects.toMatchObject({ number: 2812, message });
  });

  it('answer a parameter of a type that the endpoint does not take', async () => {
    const { connect } = await listen();
    const request = (await connect()).request().input('when', sql.DateTime2, new Date(0));
    const message = expect.stringContaining('parameter @when has type DateTime2');
    await expect(request.query('SELECT @when')).rejects.toMatchObject({ message });
  });
});

/** Waits until the handler has heard that the session of its latest statement is over. */
async function closingOf({ sessions, closedSessions, events }: RecordingHandler): Promise<void> {
  const id = sessions.at(-1)?.id ?? 0;
  while (!closedSessions.includes(id)) await once(events, 'closed');
}

/** Runs until it is stopped, as a statement that waits for a lock. */
const waitForAbort: Run = async ({ text, aborted }) => {
  if (text === 'SELECT 1') return null;
  await once(aborted, 'abort');
  throw new Error('stopped');
};

describe('a statement under way', () => {
  it('stops when the client cancels it, and the session goes on', async () => {
    const { handler, connect } = await listen(waitForAbort);
    const pool = await connect();
    const request = pool.request();
    handler.events.once('run', () => request.cancel());
    await expect(request.query('WAITFOR')).rejects.toMatchObject({ code: 'ECANCEL' });
    await expect(pool.query('SELECT 1')).resolves.toBeDefined();
    const [cancelled, next] = handler.statements;
    expect([cancelled?.aborted.aborted, next?.aborted.aborted]).toEqual([true, false]);
  });

  it('stops when the client loses patience, and the session goes on', async () => {
    const { handler, connect } = await listen(waitForAbort);
    const pool = await connect({ requestTimeout: 20 });
    await expect(pool.query('WAITFOR')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    expect(handler.statements[0]?.aborted.aborted).toBe(true);
    await expect(pool.query('SELECT 1')).resolves.toBeDefined();
  });

  it('stops when the client goes away', async () => {
    const { port, handler } = await listen(waitForAbort);
    const connection = await connectDirectly(port);
    connection.execSql(new Request('WAITFOR', () => {}));
    await once(handler.events, 'run');
    connection.close();
    await closingOf(handler);
    expect(handler.statements[0]?.aborted.aborted).toBe(true);
  });

  it('fails at once for the client when the line is lost, and the handler learns whose it was', async () => {
    const { handler, connect } = await listen(async (_statement, session) => {
      session.drop();
      return null;
    });
    const pool = await connect();
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await closingOf(handler);
  });

  it('is lost with all others when the host restarts, which then takes new connections', async () => {
    const { handler, connect, dropAll } = await listen(waitForAbort);
    const pools = [await connect(), await connect()];
    let running = 0;
    handler.events.on('run', () => ++running === pools.length && dropAll());
    const lost = pools.map((pool) =>
      expect(pool.query('WAITFOR')).rejects.toMatchObject({ code: 'ECONNRESET' }),
    );
    await Promise.all(lost);
    await expect((await connect()).query('SELECT 1')).resolves.toBeDefined();
  });

  it('was never begun when the client gave it up while sending it, and the session goes on', async () => {
    const { port, handler } = await listen();
    const connection = await connectDirectly(port);
    const given = new Promise((resolve) => {
      connection.execSql(new Request(`SELECT '${'x'.repeat(100_000)}'`, resolve));
      connection.cancel();
    });
    await expect(given).resolves.toMatchObject({ code: 'ECANCEL' });
    await new Promise((resolve) => connection.execSql(new Request('SELECT 1', resolve)));
    expect(handler.statements.map(({ text }) => text)).toEqual(['SELECT 1']);
    connection.close();
  });
});

/** tedious itself, since a pool cannot cancel what it is still sending. */
async function connectDirectly(port: number): Promise<Connection> {
  const authentication = { type: 'default' as const, options: { userName: 'sa', password: PASSWORD } };
  const connection = new Connection({ server: '127.0.0.1', options: { port }, authentication });
  await new Promise<void>((resolve, reject) =>
    connection.connect((error) => (error ? reject(error) : resolve())),
  );
  return connection;
}

describe('transactions', () => {
  it('begin, commit and roll back by the driver’s own calls, around the statements', async () => {
    const { handler, connect } = await listen();
    const pool = await connect();
    for (const end of ['commit', 'rollback'] as const) {
      const transaction = pool.transaction();
      await transaction.begin();
      await transaction.request().query('INSERT');
      await transaction[end]();
    }
    expect(handler.transactions).toEqual(['begin', 'commit', 'begin', 'rollback']);
  });
});

describe('messages', () => {
  const payload = Buffer.from('SELECT 1 -- '.repeat(1000));

  it('are put together from whatever pieces the line delivers', () => {
    const reader = new MessageReader();
    const bytes = Buffer.concat([
      packetsOf(MESSAGE.batch, payload, 512),
      packetsOf(MESSAGE.attention, Buffer.alloc(0), 512),
    ]);
    const messages = Array.from(bytes, (byte) => reader.read(Buffer.from([byte]))).flat();
    expect(messages).toEqual([
      { type: MESSAGE.batch, payload, ignored: false },
      { type: MESSAGE.attention, payload: Buffer.alloc(0), ignored: false },
    ]);
  });

  it('are to be ignored when their last packet says so', () => {
    const packet = packetsOf(MESSAGE.batch, Buffer.from('SEL'), 512);
    packet.writeUInt8(0x03, 1);
    expect(new MessageReader().read(packet)).toMatchObject([{ ignored: true }]);
  });
});
