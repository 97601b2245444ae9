import { onTestFinished } from 'vitest';
import { startDevServer } from '../../src/temporal/dev-server.ts';
import type { DevServer, DevServerOptions } from '../../src/temporal/dev-server.ts';
import { findServerProgram } from '../../src/temporal/server-program.ts';
import type { ServerProgram } from '../../src/temporal/server-program.ts';
import { silently } from './temporary.ts';

/** The real program; the first call on a machine may fetch it, which takes its time. */
export async function serverProgram(): Promise<ServerProgram> {
  return await findServerProgram({ narrate: (text) => process.stderr.write(`${text}\n`) });
}

/** Starts the real program; the server is gone when the test is over, whatever became of it. */
export async function startForTest(
  options: Omit<DevServerOptions, 'program' | 'narrate'>,
): Promise<DevServer> {
  const server = await startDevServer({ program: await serverProgram(), narrate: silently, ...options });
  onTestFinished(async () => await server.stop());
  return server;
}
