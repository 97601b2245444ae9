import { startDevServer } from '../../src/temporal/dev-server.ts';

/** A process that starts a server and then does nothing, to be killed: `start-server.ts PROGRAM DIRECTORY`. */
const [, , path, directory] = process.argv;
if (path === undefined || directory === undefined) throw new Error('PROGRAM and DIRECTORY are missing');
await startDevServer({
  program: { path },
  directory,
  narrate: (text) => {
    process.stdout.write(`${text}\n`);
  },
});
