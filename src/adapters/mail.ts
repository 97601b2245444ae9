import { createTransport } from 'nodemailer';
import { OperatorError, TransientError } from '../../activities/failures.ts';
import type { MessengerPort, SecretsPort } from '../../activities/ports.ts';
import type { MailServer } from '../../workflows/contract.ts';
import { readAuthorities } from './authorities.ts';

const PATIENCE_MS = 20_000;

/** Hands a letter to a mail server. What the server says is not repeated: it may quote the sign-in. */
export function mailBy(secrets: SecretsPort): MessengerPort['mail'] {
  return async ({ id, from, to, subject, text }, through) => {
    const transport = createTransport(await settingsOf(through, secrets));
    const refused = await transport
      .sendMail({
        from,
        to: [...to],
        subject,
        text,
        messageId: `<${id.replaceAll(/[^A-Za-z0-9.-]/g, '.')}@ssis-ha>`,
        // Source: RFC 3834, section 5: no machine should answer.
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      .then(
        ({ rejected }) => rejected.length,
        (error: unknown) => {
          throw failureOf(error, through);
        },
      )
      .finally(() => transport.close());
    // Sent once more it would reach the others twice.
    if (refused > 0) throw refusal(through, `takes no mail for ${refused} of ${to.length} addresses`);
  };
}

/** Source: nodemailer, *SMTP transport*, TLS options: `secure`, `requireTLS`, `ignoreTLS`. */
async function settingsOf(
  { server, port, tls, user, password, authorities }: MailServer,
  secrets: SecretsPort,
) {
  const pass = password === null ? null : (await secrets.resolve(password)).reveal();
  return {
    host: server,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(user !== null && pass !== null && { auth: { user, pass } }),
    ...(authorities !== null && {
      tls: { ca: readAuthorities(authorities, 'notify.mail.smtp.authorities') },
    }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  };
}

/**
 * A reply of 4yz may pass, one of 5yz is for somebody to mend; a line that breaks may pass, encryption or a sign-in
 * that fails may not.
 *
 * Source: RFC 5321, section 4.2.1, Reply code severities; nodemailer, *Errors*, `code` and `responseCode`.
 */
function failureOf(error: unknown, through: MailServer): OperatorError | TransientError {
  const { code, cause, responseCode } = partsOf(error);
  if (cause !== null && OF_A_CERTIFICATE.test(cause)) return untrusted(through, cause);
  const told = responseCode === null ? code : `${code}, ${responseCode}`;
  if (responseCode !== null && responseCode < 500) {
    return new TransientError(`The mail server ${through.server} asks to wait (${told})`, 'reported');
  }
  if (responseCode !== null || LASTING.has(code)) return refusal(through, `refuses (${told})`);
  return new TransientError(`The mail server ${through.server} cannot be reached (${told})`, 'lost');
}

/** Source: Node.js, *TLS*, X509 certificate error codes. */
const OF_A_CERTIFICATE = /CERT|UNABLE_TO_|SELF_SIGNED|HOSTNAME_MISMATCH/;
const LASTING: ReadonlySet<string> = new Set(['EAUTH', 'ENOAUTH', 'ETLS', 'EENVELOPE', 'EMESSAGE']);

function refusal({ server, port }: MailServer, what: string): OperatorError {
  return new OperatorError(
    `The mail server ${server} ${what}`,
    `Try what notify.mail says with another client (port ${port}), correct the site file, then start a new run.`,
  );
}

function untrusted({ server }: MailServer, cause: string): OperatorError {
  return new OperatorError(
    `The mail server ${server} shows a certificate that is not trusted (${cause})`,
    'Name the PEM file of its authority in notify.mail.smtp.authorities, or give the server a valid certificate of that name, then start a new run.',
  );
}

interface Parts {
  /** As nodemailer names the failure. */
  readonly code: string;
  /** What was the matter underneath, where nodemailer has put its own name over it. */
  readonly cause: string | null;
  readonly responseCode: number | null;
}

function partsOf(error: unknown): Parts {
  if (!(error instanceof Error)) return { code: 'unknown cause', cause: null, responseCode: null };
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : 'unknown cause',
    cause: 'originalCode' in error && typeof error.originalCode === 'string' ? error.originalCode : null,
    responseCode:
      'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null,
  };
}
