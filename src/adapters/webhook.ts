import { OperatorError, TransientError } from '../../activities/failures.ts';
import type { MessengerPort } from '../../activities/ports.ts';

const PATIENCE_MS = 20_000;
const LONGEST_WAIT_SECONDS = 3_600;
/** Source: RFC 9110, section 15: 408, 425 and 429 may be tried again; all of 5xx is the server's own matter. */
const MAY_PASS: ReadonlySet<number> = new Set([408, 425, 429]);

/** Posts JSON. Nothing of the address, which is a secret, stands in what is thrown. */
export const post: MessengerPort['post'] = async ({ address, named }, document) => {
  const url = addressOf(address.reveal(), named);
  const response = await answerOf(url, JSON.stringify(document), named);
  await response.body?.cancel();
  const { status } = response;
  if (response.ok) return;
  const told = `The webhook whose address lies in ${named} answered ${status}`;
  if (status >= 500 || MAY_PASS.has(status)) {
    throw new TransientError(told, 'reported', waitOf(response.headers.get('retry-after')));
  }
  throw new OperatorError(told, `Write the address that takes such messages now into ${named}.`);
};

/** A redirection is not followed: the address is where the message may go. */
async function answerOf(url: URL, body: string, named: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (error) {
    throw unreached(codeOf(error), named);
  }
}

function unreached(code: string, named: string): Error {
  const told = `The webhook whose address lies in ${named} cannot be reached (${code})`;
  // Source: Node.js, *TLS*, X509 certificate error codes.
  if (!/CERT|UNABLE_TO_|SELF_SIGNED|HOSTNAME_MISMATCH/.test(code)) return new TransientError(told, 'lost');
  return new OperatorError(
    told,
    'Let the control worker trust its authority: set NODE_EXTRA_CA_CERTS, start it again.',
  );
}

function addressOf(text: string, named: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const isOwnMachine = url !== null && /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(url.hostname);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isOwnMachine);
  // fetch refuses an address with a password in it, and would quote it.
  if (url && isSafe && url.username === '' && url.password === '') return url;
  throw new OperatorError(
    `What lies in ${named} is no address of a webhook that may be used`,
    'Write one that begins with https:// and holds no user.',
  );
}

/** Source: RFC 9110, section 10.2.3: seconds, or a date. */
function waitOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1_000);
  return seconds > 0 ? Math.min(seconds, LONGEST_WAIT_SECONDS) : null;
}

function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    if (cause.name === 'TimeoutError') return 'no answer in time';
  }
  return 'unknown cause';
}
