import { z } from 'zod';
import { change, look, nothing, secret, secretAnswer } from '../script.ts';

const sid = z.string().regex(/^0x[0-9A-F]+$/i);

const login = z.strictObject({
  sid,
  passwordMatches: z.boolean(),
  isDisabled: z.boolean(),
  checksPolicy: z.boolean(),
});

/** A Windows account, or the product's own login. */
const account = z.string().regex(/^([^\\]+\\[^\\]+|##MS_[A-Za-z]+##)$/);

export const sql = {
  getLogAccount: look(
    'get-log-account.sql',
    nothing,
    z.strictObject({ userSid: sid.nullable(), server: z.string().nullable(), workers: z.number() }),
  ),
  getLogLogin: look(
    'get-log-login.sql',
    z.strictObject({ password: secret }),
    z.strictObject({ windowsOnly: z.boolean(), login: login.nullable() }),
  ),
  getLogLoginHash: look('get-log-login-hash.sql', nothing, z.strictObject({ hash: secretAnswer.nullable() })),
  setLogLogin: change('set-log-login.sql', z.strictObject({ sid, password: secret })),
  /** By the hash of its password, which nobody needs to know. */
  restoreLogLogin: change(
    'restore-log-login.sql',
    z.strictObject({ sid, hash: secret, isDisabled: z.boolean(), checksPolicy: z.boolean() }),
  ),
  dropLogLogin: change('drop-log-login.sql', z.strictObject({ sid })),
  getLogConnection: look(
    'get-log-connection.sql',
    z.strictObject({ expected: secret }),
    z.strictObject({ rows: z.number(), server: z.string().nullable(), matches: z.boolean() }),
  ),
  getLogConnectionText: look(
    'get-log-connection-text.sql',
    nothing,
    z.strictObject({ connection: secretAnswer.nullable() }),
  ),
  setLogConnection: change(
    'set-log-connection.sql',
    z.strictObject({ server: z.string(), connection: secret }),
  ),
  getWorkerLogUser: look(
    'get-worker-log-user.sql',
    z.strictObject({ account }),
    z.strictObject({ user: z.string().nullable(), isMember: z.boolean() }),
  ),
  grantWorkerLogUser: change('grant-worker-log-user.sql', z.strictObject({ account })),
  revokeWorkerLogUser: change(
    'revoke-worker-log-user.sql',
    z.strictObject({ user: z.string(), dropsUser: z.boolean() }),
  ),
} as const;
