import type { Sealer } from '../sealed.ts';
import type { Estate, Host, Instance, Login, Service } from './estate.ts';
import type { Effect } from './time.ts';

/** Simulated minutes. Source: domain facts, R6: setup.exe takes 10 to 40. */
export const SETUP_MINUTES = 20;

export interface SetupParameters {
  readonly journal: string;
  readonly media: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

const SQL_ROOT = 'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server';
const EXIT = { done: 0, restartBlocks: -2067919934, nothingToInstall: -2068643838, inputRefused: -2068578304 } as const;
const SUFFIX: Readonly<Record<number, string>> = { 2017: '140', 2019: '150', 2022: '160' };

/** What setup does when it comes to its end: installs, or refuses with its exit code. */
export function setupEffect(sealer: Sealer): Effect {
  return (estate, host, process, now) => {
    const parameters = process.parameters as SetupParameters;
    const code = install(estate, host, parameters, { sealer, now });
    host.files[`C:\\ProgramData\\ssis-ha\\${parameters.journal}\\exit`] = { content: String(code), residue: true };
  };
}

interface Installing {
  readonly sealer: Sealer;
  readonly now: number;
}

function install(estate: Estate, host: Host, parameters: SetupParameters, installing: Installing): number {
  const { arguments: given, media } = parameters;
  if (host.pendingRestart.length > 0) return EXIT.restartBlocks;
  const features = (given['FEATURES'] ?? '').split(',').map((feature) => feature.toUpperCase());
  const medium = host.media[media];
  if (!medium || !accountsAreGood(estate, parameters, installing.sealer)) return EXIT.inputRefused;
  const name = given['INSTANCENAME'] ?? 'MSSQLSERVER';
  const suffix = SUFFIX[medium.version] ?? '';
  const isThere = host.instances[name] !== undefined;
  if (features.includes('SQLENGINE') && isThere) return EXIT.nothingToInstall;
  if (features.includes('IS_MASTER') && !hasMasterCertificate(host, given)) return EXIT.inputRefused;
  if (features.includes('IS_MASTER') && medium.edition === 'Standard') return EXIT.inputRefused;
  if (features.includes('SQLENGINE')) installEngine(host, name, medium, given, installing.now);
  if (features.includes('IS')) host.registry[`${SQL_ROOT}\\${suffix}\\SSIS\\Setup\\DTSPath`] = dtsPath(suffix);
  if (features.includes('IS')) host.services[`MsDtsServer${suffix}`] = service('SQL Server Integration Services', given['ISSVCACCOUNT'] ?? '', 'Automatic', installing.now);
  if (features.includes('IS_MASTER')) installMaster(host, name, suffix, medium.build, given);
  return EXIT.done;
}

function installEngine(
  host: Host,
  name: string,
  medium: { readonly edition: string; readonly build: string },
  given: Readonly<Record<string, string>>,
  now: number,
): void {
  const settings = { mixedMode: given['SECURITYMODE'] === 'SQL', hadrEnabled: false, certificate: null };
  const instance: Instance = {
    name,
    version: medium.build,
    edition: medium.edition,
    collation: given['SQLCOLLATION'] ?? 'SQL_Latin1_General_CP1_CI_AS',
    address: host.address,
    // A named instance listens on a port of Windows' choice until it is given one.
    port: name === 'MSSQLSERVER' ? 1433 : 49_700,
    running: true,
    live: { ...settings },
    pending: { ...settings },
    startedAt: now,
    maxServerMemoryMb: 2_147_483_647,
    clrEnabled: false,
    logins: {},
    databases: {},
    endpoint: null,
    masterKeyPasswords: [],
    jobs: {},
    startupProcedures: [],
    trustedAssemblies: [],
    backups: [],
  };
  for (const account of (given['SQLSYSADMINACCOUNTS'] ?? '').split(',')) {
    instance.logins[account.toLowerCase()] = windowsLogin(account, ['sysadmin']);
  }
  instance.logins['sa'] = { ...windowsLogin('sa', ['sysadmin']), kind: 'sql', sid: '0x01', disabled: true };
  host.instances[name] = instance;
  const suffix = name === 'MSSQLSERVER' ? '' : `$${name}`;
  host.services[name === 'MSSQLSERVER' ? 'MSSQLSERVER' : `MSSQL${suffix}`] = service(`SQL Server (${name})`, given['SQLSVCACCOUNT'] ?? '', 'Automatic', now);
  host.services[name === 'MSSQLSERVER' ? 'SQLSERVERAGENT' : `SQLAgent${suffix}`] = service(`SQL Server Agent (${name})`, given['AGTSVCACCOUNT'] ?? '', 'Automatic', now);
}

function installMaster(host: Host, instance: string, suffix: string, build: string, given: Readonly<Record<string, string>>): void {
  const name = `SSISScaleOutMaster${suffix}`;
  const startMode = given['ISMASTERSVCSTARTUPTYPE'] === 'Manual' ? 'Manual' : 'Automatic';
  const display = `SQL Server Integration Services Scale Out Master ${suffix.slice(0, 2)}.0`;
  host.services[name] = { ...service(display, given['ISMASTERSVCACCOUNT'] ?? `NT SERVICE\\${name}`, startMode, null), state: 'Stopped' };
  host.registry[`${SQL_ROOT}\\${suffix}\\DTS\\Setup\\SQL_IS_Master\\Version`] = build;
  const port = Number(given['ISMASTERSVCPORT'] ?? 8391);
  const thumbprint = given['ISMASTERSVCTHUMBPRINT'] ?? '';
  host.sslBindings[`0.0.0.0:${port}`] = { thumbprint, store: 'Root' };
  const server = instance === 'MSSQLSERVER' ? host.name : `${host.name}\\${instance}`;
  const settings = {
    PortNumber: port,
    SSLCertThumbprint: thumbprint,
    SqlServerName: server,
    CleanupCompletedJobsIntervalInMs: 43_200_000,
    DealWithExpiredTasksIntervalInMs: 300_000,
    MasterHeartbeatIntervalInMs: 30_000,
    SqlConnectionTimeoutInSecs: 15,
  };
  host.files[`${dtsPath(suffix)}Binn\\MasterSettings.config`] = { content: JSON.stringify(settings, null, 2) };
}

/** Setup validates every account's password. Source: *Command-line install*, service account parameters. */
function accountsAreGood(estate: Estate, { arguments: given, secrets }: SetupParameters, sealer: Sealer): boolean {
  const pairs = [
    ['SQLSVCACCOUNT', 'SQLSVCPASSWORD'],
    ['AGTSVCACCOUNT', 'AGTSVCPASSWORD'],
    ['ISMASTERSVCACCOUNT', 'ISMASTERSVCPASSWORD'],
    ['ISWORKERSVCACCOUNT', 'ISWORKERSVCPASSWORD'],
  ] as const;
  return pairs.every(([account, password]) => {
    const name = given[account];
    if (name === undefined || /^NT (SERVICE|AUTHORITY)\\/i.test(name)) return true;
    const known = estate.directory.accounts[name.toLowerCase()];
    if (!known) return false;
    if (known.kind === 'gmsa') return secrets[password] === undefined;
    return known.password !== null && secrets[password] !== undefined && sealer.unseal(known.password) === sealer.unseal(secrets[password]);
  });
}

function hasMasterCertificate(host: Host, given: Readonly<Record<string, string>>): boolean {
  const thumbprint = given['ISMASTERSVCTHUMBPRINT'];
  return host.certificates.some(
    (certificate) => certificate.store === 'Root' && certificate.thumbprint === thumbprint && certificate.hasPrivateKey,
  );
}

export function dtsPath(suffix: string): string {
  return `C:\\Program Files\\Microsoft SQL Server\\${suffix}\\DTS\\`;
}

function service(displayName: string, account: string, startMode: Service['startMode'], startedAt: number | null): Service {
  return { displayName, state: 'Running', startMode, account, startedAt };
}

function windowsLogin(name: string, serverRoles: string[]): Login {
  return { name, kind: 'windows', sid: `0x${Buffer.from(name.toLowerCase()).toString('hex')}`, password: null, disabled: false, checkPolicy: false, serverRoles, permissions: [] };
}
