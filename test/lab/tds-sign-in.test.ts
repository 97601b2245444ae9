import { beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, issueCertificate, type IssuedCertificate } from '../../lab/certificates.ts';
import { listen, PASSWORD, WINDOWS } from './tds-fixture.ts';

describe('signing in', () => {
  it('tells the handler who comes, with which password, to which database and with what intent', async () => {
    const { handler, connect } = await listen();
    await connect({ database: 'SSISDB', options: { readOnlyIntent: true, appName: 'ssis-ha' } });
    const identity = { kind: 'sql', login: 'sa' };
    const purpose = { database: 'SSISDB', applicationName: 'ssis-ha', readOnlyIntent: true };
    expect(handler.attempts[0]).toEqual({ identity, password: PASSWORD, ...purpose });
  });

  it('gives a refused client the error of the handler, which hears no more of it', async () => {
    const { handler, connect } = await listen();
    const message = "Login failed for user 'sa'.";
    await expect(connect({ password: 'wrong' })).rejects.toMatchObject({ code: 'ELOGIN', message });
    expect(handler.closedSessions).toEqual([]);
  });

  it('lets in a Windows account that proves its password, by the name that the directory has for it', async () => {
    const { handler, connect } = await listen();
    await connect(WINDOWS);
    const identity = { kind: 'windows', login: 'CONTOSO\\ada' };
    expect(handler.attempts[0]).toMatchObject({ identity, password: null });
  });

  it.each([
    ['a wrong password', { ...WINDOWS, password: 'wrong' }],
    ['an account that nobody knows', { ...WINDOWS, user: 'eve' }],
  ])('refuses a Windows sign-in with %s before the handler is asked', async (_reason, who) => {
    const { handler, connect } = await listen();
    const message = expect.stringContaining('untrusted domain');
    await expect(connect(who)).rejects.toMatchObject({ code: 'ELOGIN', message });
    expect(handler.attempts).toEqual([]);
  });

  it('starts in the database that the client asked for, and in master otherwise', async () => {
    const { handler, connect } = await listen();
    for (const config of [{ database: 'SSISDB' }, {}]) {
      const pool = await connect(config);
      await pool.query('SELECT 1');
    }
    expect(handler.statements.map(({ database }) => database)).toEqual(['SSISDB', 'master']);
  });

  it.each(['7_2', '7_3_A', '7_3_B', '7_4'])(
    'speaks TDS %s with a client that asks for it',
    async (tdsVersion) => {
      const { connect } = await listen();
      const pool = await connect({ options: { tdsVersion } });
      expect((await pool.query('SELECT 1')).recordset).toEqual([{ answer: 'SELECT 1' }]);
    },
  );

  it('takes the settings that drivers send by themselves without asking the handler', async () => {
    const { handler, connect } = await listen();
    const pool = await connect();
    await pool.request().batch('SET NOCOUNT ON;\nSET LOCK_TIMEOUT 5000;');
    expect(handler.statements).toEqual([]);
  });
});

describe('encryption', () => {
  let authority: IssuedCertificate;
  let certificate: IssuedCertificate;

  beforeAll(async () => {
    authority = await createAuthority('CONTOSO Root CA');
    certificate = await certificateFor('sql-a.contoso.test');
  });

  async function certificateFor(name: string): Promise<IssuedCertificate> {
    return issueCertificate({ subject: name, dnsNames: [name], issuer: authority });
  }

  function trusting({ certPem }: IssuedCertificate, serverName = 'sql-a.contoso.test') {
    return { options: { cryptoCredentialsDetails: { ca: certPem }, serverName } };
  }

  it.each([
    ['a SQL login', {}],
    ['a Windows account', WINDOWS],
  ])('is what %s gets by default, checked against the authority and the name', async (_who, login) => {
    const { connect } = await listen(undefined, () => certificate);
    const pool = await connect({ ...login, ...trusting(authority) });
    const text = 'x'.repeat(100_000);
    const { recordset } = await pool.request().input('text', text).query('echo text');
    expect(recordset).toEqual([{ answer: text }]);
  });

  it('is refused by a client that does not trust the authority', async () => {
    const { connect } = await listen(undefined, () => certificate);
    const stranger = await createAuthority('Somebody else');
    await expect(connect(trusting(stranger))).rejects.toMatchObject({ code: 'ESOCKET' });
  });

  it('is refused under another name, until the endpoint gets a certificate for it', async () => {
    let shown = certificate;
    const { connect } = await listen(undefined, () => shown);
    const listener = trusting(authority, 'ssis-ag.contoso.test');
    await expect(connect(listener)).rejects.toMatchObject({ code: 'ESOCKET' });
    shown = await certificateFor('ssis-ag.contoso.test');
    await expect(connect(listener)).resolves.toBeDefined();
  });

  it('is left out with a client that cannot do it', async () => {
    const { connect } = await listen(undefined, () => certificate);
    await expect(connect({ options: { encrypt: false } })).resolves.toBeDefined();
  });

  it('is left out with an endpoint that has no certificate', async () => {
    const { connect } = await listen(undefined, () => null);
    await expect(connect()).resolves.toBeDefined();
  });
});
