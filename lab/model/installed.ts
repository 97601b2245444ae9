import { masterVersionKey, windowsLogin } from './catalog.ts';
import { engineService, portWithoutOne } from './engine.ts';
import type { Estate } from './estate.ts';
import type { Instance } from './estate/engine.ts';
import type { Host, Service } from './estate/host.ts';
import { namesIn } from './language.ts';

const SQL_ROOT = 'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server';

export function dtsPath(suffix: string): string {
  return `C:\\Program Files\\Microsoft SQL Server\\${suffix}\\DTS\\`;
}

/** Where Windows says that Integration Services lies. */
export function dtsPathKey(suffix: string): string {
  return `${SQL_ROOT}\\${suffix}\\SSIS\\Setup\\DTSPath`;
}

export function installIntegrationServices(
  host: Host,
  suffix: string,
  given: Readonly<Record<string, string>>,
  now: number,
): void {
  host.registry[dtsPathKey(suffix)] = dtsPath(suffix);
  const account = given['ISSVCACCOUNT'] ?? `NT Service\\MsDtsServer${suffix}`;
  const display = `SQL Server Integration Services ${suffix.slice(0, 2)}.0`;
  host.services[`MsDtsServer${suffix}`] = service(display, account, 'Automatic', now);
}

export function installEngine(
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
    port: portWithoutOne({ name }),
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
  const engine = engineService(instance);
  const agent = engine === 'MSSQLSERVER' ? 'SQLSERVERAGENT' : `SQLAgent$${name}`;
  host.services[engine] = service(`SQL Server (${name})`, given['SQLSVCACCOUNT'] ?? '', 'Automatic', now);
  host.services[agent] = service(
    `SQL Server Agent (${name})`,
    given['AGTSVCACCOUNT'] ?? '',
    'Automatic',
    now,
  );
}

interface Installed {
  readonly instance: string;
  readonly suffix: string;
  readonly build: string;
  readonly now: number;
}

/** Setup leaves the Master running, whatever its start type. Source: domain facts, *Step 3*. */
export function installMaster(
  estate: Estate,
  host: Host,
  { instance, suffix, build, now }: Installed,
  given: Readonly<Record<string, string>>,
): void {
  const name = `SSISScaleOutMaster${suffix}`;
  const startMode = given['ISMASTERSVCSTARTUPTYPE'] === 'Manual' ? 'Manual' : 'Automatic';
  const display = `${namesIn(estate).masterDisplay} ${suffix.slice(0, 2)}.0`;
  host.services[name] = service(
    display,
    given['ISMASTERSVCACCOUNT'] ?? `NT SERVICE\\${name}`,
    startMode,
    now,
  );
  host.registry[masterVersionKey(suffix)] = build;
  const port = Number(given['ISMASTERSVCPORT'] ?? 8391);
  const thumbprint = given['ISMASTERSVCTHUMBPRINT'] ?? '';
  host.sslBindings[`0.0.0.0:${port}`] = { thumbprint, store: 'Root' };
  const settings = {
    PortNumber: port,
    SSLCertThumbprint: thumbprint,
    SqlServerName: instance === 'MSSQLSERVER' ? host.name : `${host.name}\\${instance}`,
    CleanupCompletedJobsIntervalInMs: 43_200_000,
    DealWithExpiredTasksIntervalInMs: 300_000,
    MasterHeartbeatIntervalInMs: 30_000,
    SqlConnectionTimeoutInSecs: 15,
  };
  host.files[`${dtsPath(suffix)}Binn\\MasterSettings.config`] = {
    content: JSON.stringify(settings, null, 2),
  };
}

export function service(
  displayName: string,
  account: string,
  startMode: Service['startMode'],
  startedAt: number | null,
): Service {
  return { displayName, state: 'Running', startMode, account, startedAt };
}
