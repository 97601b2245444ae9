import { DefaultLogger, type Logger, type LogEntry } from '@temporalio/worker';
import { pino } from 'pino';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Logs of a worker as JSON lines on standard error: a constant message, facts beside it, never a secret. */
export function workerLogger(): Logger {
  const log = pino({ base: { pid: process.pid } }, pino.destination(2));
  return new DefaultLogger('WARN', (entry: LogEntry) =>
    log[LEVELS[entry.level]](entry.meta ?? {}, entry.message),
  );
}
