import { userInfo } from 'node:os';

/** Who runs this program, as the machine knows them. */
export function userOfMachine(): string {
  const name = userInfo().username;
  const domain = process.platform === 'win32' ? process.env['USERDOMAIN'] : undefined;
  return domain ? `${domain}\\${name}` : name;
}
