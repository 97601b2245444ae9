import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { OperatorError, TransientError } from '../../activities/failures.ts';
import type { Letter } from '../../activities/ports.ts';
import { Secret } from '../../activities/secret.ts';
import { createAuthority, issueCertificate } from '../../lab/certificates.ts';
import { mailBy } from '../../src/adapters/mail.ts';
import type { MailServer } from '../../workflows/contract.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';

interface Post {
  readonly server: MailServer;
  /** Each mail as it came over the wire, with what was said around it. */
  readonly taken: { readonly secure: boolean; readonly to: readonly string[]; readonly raw: string }[];
}

/** A mail server that takes mail of its user only, and encrypted only. */
async function mailServer(options: SMTPServerOptions = {}): Promise<Post> {
  const authority = await createAuthority('Mail Root');
  const { keyPem, certPem } = await issueCertificate({
    subject: 'localhost',
    dnsNames: ['localhost'],
    issuer: authority,
  });
  const authorities = join(await temporaryDirectory(), 'root.pem');
  await writeFile(authorities, authority.certPem);
  const taken: Post['taken'] = [];
  const server = new SMTPServer({
    key: keyPem,
    cert: certPem,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'ssis-ha' && password === 'abracadabra'
        ? done(null, { user: username })
        : done(new Error(`${username} ${password} is unknown`)),
    onData: (stream, session, done) => {
      let raw = '';
      stream.setEncoding('utf8').on('data', (part: string) => (raw += part));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        taken.push({ secure: session.secure, to, raw });
        done();
      });
    },
    ...options,
  });
  // A client that leaves while they agree on encryption is told as an error of the server.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  onTestFinished(() => server.close(() => undefined));
  const { port } = server.server.address() as AddressInfo;
  const tls = options.secure ? 'implicit' : 'starttls';
  return {
    server: {
      server: 'localhost',
      port,
      tls,
      user: 'ssis-ha',
      password: 'env:SMTP',
      authorities: `file:${authorities}`,
    },
    taken,
  };
}

const LETTER: Letter = {
  id: 'run/1',
  from: 'ssis-ha@example.com',
  to: ['dba@example.com', 'oncall@example.com'],
  subject: '[ssis-ha] sample asks: Größe',
  text: 'Let it?\n.\nEnd\n',
};

const sent = (letter: Letter, server: MailServer, password = 'abracadabra') =>
  mailBy({ resolve: () => Promise.resolve(new Secret(password)) })(letter, server).then(
    () => null,
    (error: unknown) => error as OperatorError | TransientError,
  );

test.each([{ secure: false }, { secure: true }])('mail goes encrypted and signed in, %j', async (options) => {
  const { server, taken } = await mailServer(options);
  expect(await sent(LETTER, server)).toBeNull();
  expect(taken).toMatchObject([{ secure: true, to: LETTER.to }]);
  expect(taken[0]?.raw).toContain('Message-ID: <run.1@ssis-ha>');
  expect(taken[0]?.raw).toContain('Auto-Submitted: auto-generated');
});

test('a line break in a subject begins no header', async () => {
  const { server, taken } = await mailServer();
  await sent({ ...LETTER, subject: 'asks\r\nBcc: eve@example.com\r\n\r\nbody' }, server);
  expect(taken[0]?.to).toEqual(LETTER.to);
  expect(taken[0]?.raw).not.toMatch(/^Bcc:/m);
});

test('no mail goes unencrypted where the server cannot encrypt', async () => {
  const { server, taken } = await mailServer({ disabledCommands: ['STARTTLS'] });
  expect(await sent(LETTER, server)).toBeInstanceOf(OperatorError);
  expect(taken).toEqual([]);
});

test.each([{ secure: false }, { secure: true }])(
  'a server whose certificate nobody vouches for gets nothing, and is for somebody to mend, %j',
  async (options) => {
    const { server, taken } = await mailServer(options);
    const error = await sent(LETTER, { ...server, authorities: null });
    expect(error).toBeInstanceOf(OperatorError);
    expect(error).toMatchObject({
      advice: expect.stringContaining('notify.mail.smtp.authorities') as string,
    });
    expect(taken).toEqual([]);
  },
);

test('a sign-in that fails is for somebody to mend, and nothing of it is told', async () => {
  const { server } = await mailServer();
  const error = await sent(LETTER, server, 'open-sesame');
  expect(error).toBeInstanceOf(OperatorError);
  expect(`${error?.message} ${error?.stack}`).not.toContain('open-sesame');
});

test('a reply of 4yz passes, one of 5yz does not', async () => {
  const refusing = (responseCode: number) =>
    mailServer({
      onMailFrom: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode })),
    });
  const busy = await refusing(451);
  expect(await sent(LETTER, busy.server)).toBeInstanceOf(TransientError);
  const never = await refusing(550);
  expect(await sent(LETTER, never.server)).toBeInstanceOf(OperatorError);
});

test('nobody there is a matter of time', async () => {
  const { server } = await mailServer();
  expect(await sent(LETTER, { ...server, port: 9 })).toBeInstanceOf(TransientError);
});

test('one address of several that is refused is told, and is not tried again', async () => {
  const { server, taken } = await mailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('oncall') ? Object.assign(new Error('no'), { responseCode: 550 }) : null),
  });
  const error = await sent(LETTER, server);
  expect(error).toBeInstanceOf(OperatorError);
  expect(error?.message).toContain('takes no mail for 1 of 2 addresses');
  expect(taken).toMatchObject([{ to: ['dba@example.com'] }]);
});
