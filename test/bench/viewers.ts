import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { setPriority } from 'node:os';

/*
 * Pages that are open on other machines: `node viewers.ts ADDRESS COUNT`, the cookie in COOKIE. Says "open" once all of
 * them are. What they do with what they are sent is not the control room's cost, so it comes after everything else on
 * this machine.
 */

const [address = '', count = '0'] = process.argv.slice(2);
setPriority(19);
await Promise.all(Array.from({ length: Number(count) }, openPage));
process.stdout.write('open\n');

async function openPage(): Promise<void> {
  const page = request(address, { headers: { cookie: process.env['COOKIE'] }, agent: false }).end();
  const [response] = (await once(page, 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`${address} answers ${response.statusCode}`);
  await once(response, 'data');
  response.resume();
}
