import { request } from 'node:http';
import { setPriority } from 'node:os';

/*
 * Pages that are open on other machines: `node viewers.ts ADDRESS COUNT`, the cookie in COOKIE. What they do with what
 * they are sent is not the control room's cost, so it comes after everything else on this machine.
 */

const [address = '', count = '0'] = process.argv.slice(2);
setPriority(19);
for (let open = 0; open < Number(count); open += 1) {
  request(address, { headers: { cookie: process.env['COOKIE'] }, agent: false }, (response) =>
    response.resume(),
  ).end();
}
