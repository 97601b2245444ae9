import { parseArgs } from 'node:util';
import { Runtime, Worker, type NativeConnection } from '@temporalio/worker';
import { controlActivities, hostActivities } from '../activities/index.ts';
import { CONTROL_QUEUE, hostQueue, type Build } from '../workflows/contract.ts';
import { mailBy } from './adapters/mail.ts';
import { openReach, type Via } from './adapters/reach.ts';
import { digestOfScripts } from './adapters/script-files.ts';
import { secrets } from './adapters/secrets.ts';
import { post } from './adapters/webhook.ts';
import { workerLogger } from './log.ts';
import { packageVersion } from './package-root.ts';
import { openRunRecords, type RunRecords } from './run-record.ts';
import type { ConnectOptions } from './temporal/connection.ts';
import { connectWorker } from './temporal/worker-connection.ts';
import { recordActivities, recordSinks } from './temporal/run-recording.ts';
import { workflowSource } from './temporal/workflow-source.ts';
import { controlRoomOf } from './up/control-room.ts';

/** What one worker process serves. */
export interface Serving {
  /** Serves the workflow queue, and keeps run records under this folder; null for an agent. */
  readonly control: { readonly directory: string } | null;
  readonly hosts: readonly string[];
  readonly via: Via;
  /** Which server; without a choice the TEMPORAL_* variables and profiles decide. */
  readonly server: ConnectOptions;
}

const SERVER_PATIENCE_SECONDS = 60;
/** One step at a time runs on a host; the room beside it is for looks of a rehearsal. */
const ACTIVITIES_AT_ONCE = 4;

/** Serves until SIGINT or SIGTERM, or until the process that started it is gone. */
export async function serve(serving: Serving, ready: () => void): Promise<void> {
  Runtime.install({ logger: workerLogger(), shutdownSignals: [] });
  const { connection, namespace, close } = await connectWorker({
    ...serving.server,
    timeoutSeconds: SERVER_PATIENCE_SECONDS,
  });
  const build: Build = { version: packageVersion, scripts: digestOfScripts() };
  const reach = openReach(serving.via);
  const records = serving.control ? openRunRecords(serving.control.directory) : null;
  const workers = [
    ...(records ? [await controlWorker(connection, namespace, build, records)] : []),
    ...(await Promise.all(
      serving.hosts.map((host) => hostWorker(host, { connection, namespace, build, reach })),
    )),
  ];
  const stop = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal, stop);
  const running = Promise.all(workers.map((worker) => worker.run()));
  ready();
  await running;
  await reach.close();
  // What cannot be written is told again to whoever takes the run over.
  await records?.flush().catch(() => undefined);
  await close();
}

async function controlWorker(
  connection: NativeConnection,
  namespace: string,
  build: Build,
  records: RunRecords,
): Promise<Worker> {
  const messenger = { post, mail: mailBy(secrets) };
  const telegraph = { secrets, messenger, controlRoom: () => controlRoomOf(records.directory) };
  return Worker.create({
    connection,
    namespace,
    taskQueue: CONTROL_QUEUE,
    ...workflowSource(),
    activities: { ...controlActivities(build, telegraph), ...recordActivities(records) },
    sinks: recordSinks(records),
    // A worker that died keeps its runs waiting for this long before another takes them up.
    stickyQueueScheduleToStartTimeout: '1s',
  });
}

interface HostServing {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly build: Build;
  readonly reach: ReturnType<typeof openReach>;
}

async function hostWorker(
  host: string,
  { connection, namespace, build, reach }: HostServing,
): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    taskQueue: hostQueue(host),
    activities: hostActivities(reach, build),
    maxConcurrentActivityTaskExecutions: ACTIVITIES_AT_ONCE,
  });
}

/** The process itself, as `ssis-ha worker` and `ssis-ha up` start it. */
export async function workerMain(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      control: { type: 'boolean', default: false },
      dir: { type: 'string' },
      host: { type: 'string', multiple: true, default: [] },
      via: { type: 'string', default: 'here' },
      embedded: { type: 'string' },
    },
  });
  await serve(
    {
      control: values.control ? { directory: values.dir ?? '.ssis-ha' } : null,
      hosts: values.host,
      via: values.via === 'remoting' ? 'remoting' : 'here',
      server: values.embedded === undefined ? {} : { embedded: values.embedded },
    },
    () => process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid })}\n`),
  );
}
