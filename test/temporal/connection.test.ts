import { DefaultLogger, Runtime } from '@temporalio/worker';
import { beforeAll, expect, test, vi } from 'vitest';
import { connect } from '../../src/temporal/connection.ts';
import { measureHandOver } from '../../src/temporal/hand-over.ts';
import { connectWorker } from '../../src/temporal/worker-connection.ts';
import { serverProgram, startForTest } from './server-for-test.ts';
import { temporaryDirectory } from './temporary.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  await serverProgram();
});

test('a connection that does not come about says which address, who named it, and why', async () => {
  const env = { TEMPORAL_ADDRESS: '127.0.0.1:1', HOME: await temporaryDirectory() };
  await expect(connect({ env, timeoutSeconds: 0.2 })).rejects.toThrow(
    'The Temporal server at 127.0.0.1:1 (from TEMPORAL_ADDRESS) does not answer: nobody listens there',
  );
});

test('a namespace that the server does not have is named, to clients and workers alike', async () => {
  const { address } = await startForTest({ directory: await temporaryDirectory() });
  const env = {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: 'nobodys',
    HOME: await temporaryDirectory(),
  };
  const sentence = `at ${address} (from TEMPORAL_ADDRESS) has no namespace "nobodys" (from TEMPORAL_NAMESPACE)`;
  await expect(connect({ env })).rejects.toThrow(sentence);
  await expect(connectWorker({ env })).rejects.toThrow(sentence);
});

test('a server without TLS that is asked with it is told apart from one that is not there', async () => {
  const { port } = await startForTest({ directory: await temporaryDirectory() });
  const env = {
    TEMPORAL_ADDRESS: `localhost:${port}`,
    TEMPORAL_TLS: 'true',
    HOME: await temporaryDirectory(),
  };
  await expect(connect({ env, timeoutSeconds: 0.5 })).rejects.toThrow('does not speak Temporal with TLS');
});

test('the hand-over of a running server can be measured', async () => {
  const server = await startForTest({ directory: await temporaryDirectory() });
  const { medianMs, sentence } = await measureHandOver({ embedded: server.address });
  expect(medianMs).toBeGreaterThan(0);
  expect(sentence).toContain('median of 30');
});
