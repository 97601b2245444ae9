import type * as lines from '../../activities/scripts/lines/engine.ts';
import { isPrimary } from '../model/availability.ts';
import { isSysadmin, makeCatalog } from '../model/catalog.ts';
import { engineRestarts, engineService, portWithoutOne, serverNameOf } from '../model/engine.ts';
import type { Instance } from '../model/estate/engine.ts';
import type { Certificate, Host } from '../model/estate/host.ts';
import { sameName } from '../model/same-name.ts';
import {
  PowerShellRefusal,
  type PowerShellAnswers,
  type Scene,
  type SqlAnswers,
  type SqlScene,
} from '../scene.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';
import { requireAdministrator } from './host.ts';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getEngine: {
    target: ({ instance }) => instance,
    answer: (scene, { instance: name, certificate }) => {
      const instance = instanceOf(scene.host, name);
      if (!instance) return { engine: null };
      const service = engineService(instance);
      const account = scene.host.services[service]?.account ?? '';
      const own = keyOf(scene.host, certificate);
      return {
        engine: {
          service,
          account,
          configured: configuredOf(instance),
          keyIsReadable: own?.keyReaders.some((reader) => sameName(reader, account)) ?? false,
          live: instance.running ? liveOf(scene, instance, certificate) : null,
        },
      };
    },
  },
  setEngine: {
    target: ({ instance }) => instance,
    answer: (scene, { instance: name, settings }) => {
      requireAdministrator(scene);
      const instance = requireInstance(scene.host, name);
      const { port: _old, ...pending } = instance.pending;
      const port = Number(settings.tcpPort);
      const isOwn = settings.tcpPort === '' || (engineService(instance) === 'MSSQLSERVER' && port === 1433);
      instance.pending = {
        ...pending,
        certificate: settings.certificate,
        mixedMode: settings.mixedMode,
        ...(isOwn ? {} : { port }),
      };
      return {};
    },
  },
  restartEngine: {
    target: ({ instance }) => instance,
    takesMinutes: 1,
    answer: (scene, { instance: name }) => {
      requireAdministrator(scene);
      const instance = requireInstance(scene.host, name);
      engineRestarts(scene.estate, scene.host, instance, scene.now);
      return {};
    },
  },
  grantKey: {
    target: ({ thumbprint }) => thumbprint,
    answer: (scene, { thumbprint, account }) => {
      requireAdministrator(scene);
      const certificate = requireKeyOf(scene.host, thumbprint);
      if (!certificate.keyReaders.some((reader) => sameName(reader, account)))
        certificate.keyReaders.push(account);
      return {};
    },
  },
  revokeKey: {
    target: ({ thumbprint }) => thumbprint,
    answer: (scene, { thumbprint, account }) => {
      requireAdministrator(scene);
      const certificate = keyOf(scene.host, thumbprint);
      if (certificate) {
        certificate.keyReaders = certificate.keyReaders.filter((reader) => !sameName(reader, account));
      }
      return {};
    },
  },
  createCatalog: {
    target: () => 'SSISDB',
    takesMinutes: 2,
    answer: (scene, { instance: name, major, password }) => {
      const { host, account, estate } = scene;
      const instance = requireInstance(host, name);
      requireLogin(scene, instance);
      if (!isSysadmin(instance, account)) throw new PowerShellRefusal(`${account} is no member of sysadmin`);
      if (!instance.version.startsWith(`${major}.`)) {
        throw new PowerShellRefusal(`The object model of version ${major} is not installed`);
      }
      if (!instance.clrEnabled) throw new PowerShellRefusal('SSISDB was not created: clr enabled is 0');
      const { catalog } = makeCatalog(instance, account, password, scene);
      estate.catalogs[catalog.id] = catalog;
      return {};
    },
  },
  getHeldService: {
    target: ({ name }) => name,
    answer: ({ host }, { name }) => {
      const service = host.services[name];
      if (!service) return { service: null };
      return { service: { startMode: service.startMode, isRunning: service.state === 'Running' } };
    },
  },
  setHeldService: {
    target: ({ name }) => name,
    answer: (scene, { name, startMode, running }) => {
      requireAdministrator(scene);
      const service = scene.host.services[name];
      if (!service) throw new PowerShellRefusal(`There is no service ${name}`, 'NoServiceFoundForGivenName');
      service.startMode = startMode;
      if (running && service.state !== 'Running') service.startedAt = scene.now;
      service.state = running ? 'Running' : 'Stopped';
      return {};
    },
  },
};

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  getEngineOptions: {
    target: () => '',
    answer: ({ instance }) => ({
      clrEnabled: instance.clrEnabled,
      maxServerMemoryMb: instance.maxServerMemoryMb,
      otherDatabases: Object.keys(instance.databases)
        .filter((name) => name !== 'SSISDB')
        .toSorted(),
    }),
  },
  setClr: {
    target: ({ enabled }) => String(enabled),
    answer: (scene, { enabled }) => {
      requireSysadmin(scene);
      scene.instance.clrEnabled = enabled;
      return {};
    },
  },
  setServerMemory: {
    target: ({ megabytes }) => String(megabytes),
    answer: (scene, { megabytes }) => {
      requireSysadmin(scene);
      scene.instance.maxServerMemoryMb = megabytes;
      return {};
    },
  },
};

/** Source: *Database engine events and errors*: 15247, no permission to perform this action. */
export function requireSysadmin({ instance, login }: SqlScene): void {
  if (isSysadmin(instance, login)) return;
  throw new SqlServerError(15247, 'User does not have permission to perform this action.');
}

export function instanceOf(host: Host, name: string): Instance | null {
  return Object.values(host.instances).find((instance) => sameName(instance.name, name)) ?? null;
}

function requireInstance(host: Host, name: string): Instance {
  const instance = instanceOf(host, name);
  if (instance) return instance;
  throw new PowerShellRefusal(`There is no instance ${name}`, 'NoServiceFoundForGivenName', 'ObjectNotFound');
}

/** A static port stands in TcpPort; one that Windows chose in TcpDynamicPorts. */
function configuredOf({ name, pending }: Instance) {
  const isDefault = portWithoutOne({ name }) === 1433;
  return {
    certificate: pending.certificate,
    mixedMode: pending.mixedMode,
    tcpEnabled: true,
    tcpPort: pending.port === undefined ? (isDefault ? '1433' : '') : String(pending.port),
    dynamicPorts: pending.port === undefined && !isDefault ? String(portWithoutOne({ name })) : '',
  };
}

function liveOf(scene: Scene, instance: Instance, certificate: string | null) {
  requireLogin(scene, instance);
  const { live, port, databases } = instance;
  const group = databases['SSISDB']?.group;
  const server = serverNameOf(scene.host, instance);
  const joined = group ? scene.estate.groups[group] : undefined;
  return {
    mixedMode: live.mixedMode,
    ports: [port],
    certificateIsLoaded: certificate === null ? null : live.certificate === certificate,
    isPrimary: joined !== undefined && isPrimary(joined, server),
    databases: Object.keys(databases).toSorted(),
  };
}

/** The engine is asked locally, as the account that runs the script. */
function requireLogin({ account }: Scene, instance: Instance): void {
  if (instance.logins[account.toLowerCase()]) return;
  throw new PowerShellRefusal(
    `Login failed for user '${account}'.`,
    'SqlException',
    'NotSpecified',
    -2146232060,
  );
}

function keyOf(host: Host, thumbprint: string | null): Certificate | null {
  return host.certificates.find((found) => found.store === 'My' && found.thumbprint === thumbprint) ?? null;
}

function requireKeyOf(host: Host, thumbprint: string): Certificate {
  const certificate = keyOf(host, thumbprint);
  if (certificate?.hasPrivateKey) return certificate;
  throw new PowerShellRefusal(
    `There is no key of ${thumbprint} in LocalMachine\\My`,
    'PathNotFound',
    'ObjectNotFound',
  );
}
