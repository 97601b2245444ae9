import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { connect } from '../../src/temporal/connection.ts';
import { runningDevServer, startDevServer } from '../../src/temporal/dev-server.ts';
import { isServerAlive } from '../../src/temporal/server-answer.ts';
import { connectWorker } from '../../src/temporal/worker-connection.ts';
import { serverProgram, startForTest } from './server-for-test.ts';
import { script, silently, temporaryDirectory } from './temporary.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  await serverProgram();
});

test('a server is found or installed, starts, answers, and keeps closed runs for thirty days', async () => {
  const server = await startForTest({ directory: await temporaryDirectory() });
  expect(await isServerAlive(server.address)).toBe(true);
  const { connection, namespace, close } = await connect({ embedded: server.address });
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 24 * 60 * 60);
  expect((await fetch(server.ui)).ok).toBe(true);
  await close();
  await server.stop();
  expect(await isServerAlive(server.address)).toBe(false);
});

test('a workflow goes on after the server was killed in the middle of it', async () => {
  const directory = await temporaryDirectory();
  const first = await startForTest({ directory });
  const steps: string[] = [];
  const { client, close } = await connect({ embedded: first.address });
  const server = await connectWorker({ embedded: first.address });
  const stepDone = notifications();
  const worker = await Worker.create({
    connection: server.connection,
    namespace: server.namespace,
    taskQueue: 'steps',
    stickyQueueScheduleToStartTimeout: '1 second',
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('waiting-workflow.ts', import.meta.url)),
      logger: new DefaultLogger('ERROR'),
    }),
    activities: {
      step: async (name: string) => {
        steps.push(name);
        stepDone.notify();
        await Promise.resolve();
      },
    },
  });
  const result = await worker.runUntil(async () => {
    const handle = await client.workflow.start('twoSteps', {
      taskQueue: 'steps',
      workflowId: 'killed-in-the-middle',
      workflowTaskTimeout: '2 seconds',
    });
    await stepDone.next();
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    await startForTest({ directory, port: first.port, uiPort: first.uiPort });
    await handle.signal('goOn');
    return await handle.result();
  });
  expect(result).toBe('both steps are done');
  expect(new Set(steps)).toEqual(new Set(['first', 'second']));
  await server.close();
  await close();
});

test('another process finds the running server and can end it', async () => {
  const directory = await temporaryDirectory();
  expect(await runningDevServer(join(directory, 'not-made-yet'))).toBeNull();
  const started = await startForTest({ directory });
  const found = await runningDevServer(directory);
  expect(found).toMatchObject({ pid: started.pid, address: started.address, ui: started.ui });
  await found?.stop();
  expect(await started.exited).toBe(0);
  expect(await found?.exited).toBeNull();
  expect(await runningDevServer(directory)).toBeNull();
});

test('a second server on the same file is refused', async () => {
  const directory = await temporaryDirectory();
  const { pid, address } = await startForTest({ directory });
  await expect(startForTest({ directory })).rejects.toThrow(`process ${pid}, at ${address}`);
});

test('a port that another program has is refused, and named', async () => {
  const other = createServer();
  await once(other.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void other.close());
  const address = other.address();
  if (address === null || typeof address === 'string') throw new Error('The other program has no port');
  const { port } = address;
  await expect(startForTest({ directory: await temporaryDirectory(), port })).rejects.toThrow(
    `port ${port} of 127.0.0.1`,
  );
});

test('a server that ends at once is reported with its last words', async () => {
  const directory = await temporaryDirectory();
  const path = await script(
    join(directory, 'temporal'),
    'echo "Error: unknown flag: --sqlite-pragma"; exit 1',
  );
  await expect(startDevServer({ program: { path }, directory, narrate: silently })).rejects.toThrow(
    /ended with 1.*unknown flag: --sqlite-pragma/,
  );
});

test('it is started on loopback only, on the file of its directory, with the settings that make it quick', async () => {
  const directory = await temporaryDirectory();
  const path = await script(join(directory, 'temporal'), 'echo "$@"; exit 1');
  const options = { program: { path }, directory, port: 20_001, uiPort: 20_002, narrate: silently };
  await expect(startDevServer(options)).rejects.toThrow(
    [
      'server start-dev --ip 127.0.0.1 --port 20001 --ui-port 20002',
      `--db-filename ${join(directory, 'temporal.db')}`,
      '--sqlite-pragma journal_mode=WAL --sqlite-pragma synchronous=1',
      '--dynamic-config-value history.transferProcessorMaxPollRPS=5000',
      '--dynamic-config-value history.timerProcessorMaxPollRPS=5000',
      '--dynamic-config-value system.enableActivityEagerExecution=true',
    ].join(' '),
  );
});

test('a program that cannot be started is named', async () => {
  const directory = await temporaryDirectory();
  await expect(
    startDevServer({ program: { path: '/nowhere/temporal' }, directory, narrate: silently }),
  ).rejects.toThrow('/nowhere/temporal cannot be started');
});

test('a server outlives the death of its parent and of all that the terminal would end with it', async () => {
  const directory = await temporaryDirectory();
  const starter = fileURLToPath(new URL('start-server.ts', import.meta.url));
  const parent = spawn(
    process.execPath,
    ['--import', 'tsx', starter, (await serverProgram()).path, directory],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(parent.stdout, 'data');
  if (parent.pid === undefined) throw new Error('The parent did not start');
  process.kill(-parent.pid, 'SIGKILL');
  await once(parent, 'exit');
  const orphan = await runningDevServer(directory);
  expect(orphan).not.toBeNull();
  await orphan?.stop();
});

interface Notifications {
  readonly notify: () => void;
  /** Returns when there was a notification. */
  readonly next: () => Promise<void>;
}

function notifications(): Notifications {
  let notify: () => void = silently;
  const notified = new Promise<void>((resolve) => {
    notify = resolve;
  });
  return { notify: () => notify(), next: async () => await notified };
}
