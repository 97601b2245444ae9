import { parseArgs } from 'node:util';
import { performAndExit, toldToEnd } from '../kept-main.ts';
import { serveControlRoom } from './serve.ts';

/* The control room as a process of its own: what `ssis-ha up` starts and starts again. */
await performAndExit(async () => {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string', default: '.ssis-ha' },
      port: { type: 'string', default: '0' },
      owner: { type: 'string', default: '' },
    },
  });
  const { dir: directory, port, owner } = values;
  const server = { directory, address: null };
  const served = await serveControlRoom({ server, port: Number(port), owner });
  process.stdout.write(`${JSON.stringify({ ready: true, address: served.address })}\n`);
  await toldToEnd();
  await served.close();
});
