import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { OperatorError, TransientError } from '../../activities/failures.ts';
import { Secret } from '../../activities/secret.ts';
import { post } from '../../src/adapters/webhook.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A webhook on loopback; answers its address, whose path is the secret. */
async function webhook(answer: Answer): Promise<string> {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/abracadabra`;
}

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (request, response) => {
    request.resume();
    response.writeHead(code, headers).end('no abracadabra');
  };

const failure = (address: string) =>
  post({ address: new Secret(address), named: 'file:secrets/hook' }, { a: 1 }).then(
    () => null,
    (error: unknown) => error as OperatorError | TransientError,
  );

test('posts JSON to the address', async () => {
  const bodies: unknown[] = [];
  const address = await webhook((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      bodies.push([request.method, request.url, request.headers['content-type'], JSON.parse(body)]);
      response.writeHead(202).end();
    });
  });
  expect(await failure(address)).toBeNull();
  expect(bodies).toEqual([['POST', '/services/abracadabra', 'application/json', { a: 1 }]]);
});

test.each([
  [500, {}, TransientError, null],
  [503, { 'retry-after': '7' }, TransientError, 7],
  [429, { 'retry-after': '999999' }, TransientError, 3600],
  [408, {}, TransientError, null],
  [404, {}, OperatorError, undefined],
  [410, {}, OperatorError, undefined],
  [302, { location: 'http://127.0.0.1:1/elsewhere' }, OperatorError, undefined],
] as const)('an answer of %i %j passes or is for somebody to mend', async (code, headers, kind, wait) => {
  const error = await failure(await webhook(status(code, headers)));
  expect(error).toBeInstanceOf(kind);
  expect(error?.message).toContain(`whose address lies in file:secrets/hook answered ${code}`);
  expect((error as TransientError).retryAfterSeconds).toBe(wait);
  expect(JSON.stringify([error?.message, error?.stack])).not.toContain('abracadabra');
});

test('nobody there is a matter of time, and the address stays a secret', async () => {
  const error = await failure('http://127.0.0.1:9/services/abracadabra');
  expect(error).toBeInstanceOf(TransientError);
  expect(error?.stack).not.toContain('abracadabra');
});

test.each([
  'http://hooks.example.com/services/abracadabra',
  'https://user:abracadabra@hooks.example.com/',
  'ftp://127.0.0.1/abracadabra',
  'abracadabra',
])('%s is refused without being told', async (address) => {
  const error = await failure(address);
  expect(error).toBeInstanceOf(OperatorError);
  expect(error?.stack).not.toContain('abracadabra');
});
