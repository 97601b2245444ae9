import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import type { Ports, SqlTarget } from '../../ports.ts';
import { sameName } from '../../same-name.ts';
import { Secret } from '../../secret.ts';
import { fullName, type Site } from '../../site.ts';

/*
 * What the steps of this chapter share: the login that workers write execution logs with, and the connection
 * string that tells them how. The login's name and that of its user in SSISDB are the product's.
 */

export const LOG_LOGIN = '##MS_SSISLogDBWorkerAgentLogin##';
const LOG_USER = '##MS_SSISLogDBWorkerAgentUser##';

export const logLoginObserved = z.strictObject({
  server: z.string(),
  windowsOnly: z.boolean(),
  login: z
    .strictObject({
      sid: z.string(),
      passwordMatches: z.boolean(),
      isDisabled: z.boolean(),
      checksPolicy: z.boolean(),
    })
    .nullable(),
});

export type LogLoginObserved = z.output<typeof logLoginObserved>;

/** The log login as one instance has it; its password is compared there, without an attempt to sign in. */
export async function lookAtLogLogin(
  { sql }: Ports,
  target: SqlTarget,
  password: Secret,
): Promise<LogLoginObserved> {
  const found = await sql.run('getLogLogin', { password }, target);
  return { server: target.server, ...found };
}

/** What keeps the log login of one instance from being the one that SSISDB knows, with the site's password. */
export function missingInLogLogin(
  { server, windowsOnly, login }: LogLoginObserved,
  userSid: string,
): string[] {
  const mode = windowsOnly
    ? [`${server} accepts Windows accounts only, so no worker could sign in with ${LOG_LOGIN}`]
    : [];
  if (login === null) return [...mode, `${server} has no login ${LOG_LOGIN}`];
  return [
    ...mode,
    ...(sameName(login.sid, userSid)
      ? []
      : [`${LOG_LOGIN} on ${server} has the SID ${login.sid}, not ${userSid} as its user in SSISDB`]),
    ...(login.passwordMatches ? [] : [`${LOG_LOGIN} on ${server} has another password than the site's`]),
    ...(login.isDisabled ? [`${LOG_LOGIN} on ${server} is disabled`] : []),
    ...(login.checksPolicy ? [`${LOG_LOGIN} on ${server} is under the password policy`] : []),
  ];
}

export interface LogLoginChange {
  readonly target: SqlTarget;
  readonly runId: string;
  readonly userSid: string;
  readonly password: Secret;
}

/** Makes the login what it must be; its present hash goes into the host's vault first. */
export async function setLogLogin(
  ports: Ports,
  before: LogLoginObserved,
  change: LogLoginChange,
): Promise<void> {
  const { target, runId, userSid, password } = change;
  if (before.windowsOnly) {
    throw new OperatorError(
      `${before.server} accepts Windows accounts only, and the execution log is to use a SQL login`,
      'Switch the instance to mixed mode and restart it, as chapter 4 does, or set executionLog.login to workerAccount, then retry.',
    );
  }
  const { hash } = await ports.sql.run('getLogLoginHash', {}, target);
  if (hash) await ports.vault.keep(hashKey(runId, target), hash);
  await ports.sql.run('setLogLogin', { sid: userSid, password }, target);
}

/** Puts the login back as it was seen: gone where it was not there, else with its SID and its old hash. */
export async function restoreLogLogin(
  ports: Ports,
  before: LogLoginObserved,
  { target, runId, userSid }: Omit<LogLoginChange, 'password'>,
): Promise<void> {
  if (before.login === null) {
    await ports.sql.run('dropLogLogin', { sid: userSid }, target);
    return;
  }
  const { sid, isDisabled, checksPolicy } = before.login;
  const hash = await ports.vault.recall(hashKey(runId, target));
  if (hash === null) return;
  await ports.sql.run('restoreLogLogin', { sid, hash, isDisabled, checksPolicy }, target);
  await ports.vault.forget(hashKey(runId, target));
}

function hashKey(runId: string, { server }: SqlTarget): string {
  return `${runId}/log-login/${server}`;
}

export function connectionKey(runId: string): string {
  return `${runId}/log-connection`;
}

/** SSISDB knows no log user: Scale Out was never enabled, and a login alone would help nobody. */
export function neverEnabled(): OperatorError {
  return new OperatorError(
    `SSISDB has no user ${LOG_USER}: Scale Out was never enabled in it`,
    'Let the step "Enable Scale Out in the catalog" of chapter 2 be done, then retry.',
  );
}

/** How workers reach SSISDB: over the listener, by the site's choice of account. */
export function takesLogConnection(site: Site) {
  const { executionLog } = site;
  const { name, port, addresses } = site.availabilityGroup.listener;
  return {
    server: `${fullName(name, site)},${port}`,
    password: executionLog.login === 'sqlLogin' ? executionLog.password : null,
    severalSubnets: addresses.length > 1,
  };
}

export type LogConnection = ReturnType<typeof takesLogConnection>;

/**
 * The connection string, its keywords in English. The page prints `Password=[Password]];`, whose second
 * bracket would become part of the password: packages would run and every log write fail with 18456.
 *
 * Source: *HA*, step 6.3; *Change the account for logging*; *SqlConnection.ConnectionString*.
 */
export async function logConnectionString(
  { secrets }: Ports,
  { server, password, severalSubnets }: LogConnection,
): Promise<Secret> {
  const account =
    password === null
      ? 'Integrated Security=SSPI'
      : `User Id=${LOG_LOGIN};Password=${quoted((await secrets.resolve(password)).reveal())}`;
  const subnets = severalSubnets ? 'MultiSubnetFailover=True;' : '';
  return new Secret(`Data Source=${server};Initial Catalog=SSISDB;${account};${subnets}`);
}

/**
 * A value that would not stand for itself is set in quotes, and a quote of that kind inside it is doubled.
 *
 * Source: *SqlConnection.ConnectionString*, remarks: values that contain a semicolon, quotation marks, or
 * white space at their ends.
 */
export function quoted(value: string): string {
  const standsForItself = value !== '' && !/[;'"]|^[\s={]|\s$/.test(value);
  return standsForItself ? value : `"${value.replaceAll('"', '""')}"`;
}
