import type * as lines from '../../activities/scripts/lines/proof.ts';
import { readableCatalog } from '../model/catalog-at-work.ts';
import { bringOnline } from '../model/cluster.ts';
import type { Host } from '../model/estate/host.ts';
import { PENDING, scaleOutGoesOn } from '../model/packages.ts';
import { newProbe, probesIn, proofsIn } from '../model/probes.ts';
import { asOlder, restored, versionIn } from '../model/projects.ts';
import { roleOfService } from '../model/role.ts';
import { masterProperties } from '../model/scale-out.ts';
import { openedCatalog } from '../model/ssisdb.ts';
import {
  PowerShellRefusal,
  type PowerShellAnswers,
  type Scene,
  type SqlAnswers,
  type SqlScene,
} from '../scene.ts';
import { requireAdministrator } from './host.ts';
import { SqlServerError } from '../tds/sql-server-error.ts';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getStart: {
    target: ({ suffix, node }) => node ?? `SSISScaleOutMaster${suffix}`,
    answer: ({ estate, host }, { suffix, node }) => {
      const machine = node === null ? undefined : estate.hosts[node];
      if (node !== null) return { start: machine?.restartingUntil === null ? machine.bootId : null };
      const service = host.services[`SSISScaleOutMaster${suffix}`];
      return { start: service?.state === 'Running' ? String(service.startedAt) : null };
    },
  },
  killMaster: {
    target: ({ suffix }) => `SSISScaleOutMaster${suffix}`,
    answer: (scene, { suffix, start }) => {
      requireAdministrator(scene);
      const name = `SSISScaleOutMaster${suffix}`;
      const service = scene.host.services[name];
      if (service?.state !== 'Running' || String(service.startedAt) !== start) return {};
      const role = roleOfService(scene.estate, name);
      service.state = 'Stopped';
      delete service.read;
      // The cluster starts it again where it was, as long as its policy has restarts left.
      if (role?.owner === scene.host.name)
        bringOnline(scene.estate, role, Math.max(scene.now, Number(start) + 1));
      return {};
    },
  },
  breakNode: {
    target: ({ node }) => node,
    answer: (scene, { node, start }) => {
      requireAdministrator(scene);
      const host = nodeOn(scene, node);
      if (host.bootId === start) host.restartsAt = scene.now;
      return {};
    },
  },
};

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  getProbeProject: {
    target: ({ folder, project }) => `${folder}/${project}`,
    answer: (scene, { folder, project: name }) => {
      const catalog = readableCatalog(scene);
      const project = catalog?.folders[folder]?.[name];
      return {
        catalogIsThere: catalog !== null,
        folderIsThere: catalog?.folders[folder] !== undefined,
        project: project
          ? { lsn: String(project.version), version: project.versions?.['Probe.dtsx'] ?? null }
          : null,
      };
    },
  },
  deployProbeProject: {
    target: ({ folder, project }) => `${folder}/${project}`,
    takesMinutes: 0.1,
    answer: (scene, { folder: folderName, project: name, stream }) => {
      const catalog = openedCatalog(scene);
      requireWindowsCaller(scene);
      const version = versionIn(stream);
      const folder = (catalog.folders[folderName] ??= {});
      const known = folder[name];
      folder[name] = {
        version: scene.nextId(),
        packages: ['Probe.dtsx'],
        versions: { 'Probe.dtsx': version },
        ...(known ? { older: [...(known.older ?? []), asOlder(known)] } : {}),
      };
      return {};
    },
  },
  withdrawProbeProject: {
    target: ({ folder, project }) => `${folder}/${project}`,
    answer: (scene, { folder: folderName, project: name, lsn, removeFolder }) => {
      const catalog = openedCatalog(scene);
      requireWindowsCaller(scene);
      const folder = catalog.folders[folderName];
      const project = folder?.[name];
      if (folder && project) {
        if (lsn === null) delete folder[name];
        else if (String(project.version) !== lsn) folder[name] = restored(project, lsn);
      }
      if (removeFolder && folder && Object.keys(folder).length === 0) delete catalog.folders[folderName];
      return {};
    },
  },
  getProofs: {
    target: ({ prefix }) => prefix,
    takesMinutes: ({ waitSeconds }, scene) => {
      const ends = Object.values(readableCatalog(scene)?.executions ?? {}).flatMap(({ status, endsAt }) =>
        status === 2 && endsAt !== null ? [endsAt - scene.now] : [],
      );
      const minuteMs = scene.lasting(1);
      const leftMs = Math.max(0, ...ends);
      return minuteMs === 0 || leftMs === 0 ? 0 : Math.min(leftMs + 1, waitSeconds * 1000) / minuteMs;
    },
    answer: (scene, { folder, project, prefix }) => {
      const catalog = readableCatalog(scene);
      return { proofs: catalog && proofsIn(scene, catalog, { folder, project, prefix }) };
    },
  },
  startProof: {
    target: ({ evidence }) => evidence,
    answer: (scene, { folder, project, evidence, agentId }) => {
      const catalog = openedCatalog(scene);
      requireWindowsCaller(scene);
      const known = probesIn(catalog, { folder, project, prefix: evidence }).filter(
        ({ parameters }) => parameters?.['Evidence'] === evidence,
      );
      if (known.some(({ status }) => [2, 5, 7, 8].includes(status))) return {};
      if (!catalog.folders[folder]?.[project]) {
        throw new SqlServerError(27146, 'Cannot access the package or the package does not exist.');
      }
      const id = scene.nextId();
      catalog.executions[id] = newProbe(scene, id, { folder, project, evidence, agentId });
      scaleOutGoesOn(scene.estate, scene.now, scene.lasting);
      return {};
    },
  },
  stopProof: {
    target: ({ prefix }) => prefix,
    answer: (scene, meant) => {
      const catalog = openedCatalog(scene);
      for (const execution of probesIn(catalog, meant)) {
        if (execution.status === 2 || execution.status === PENDING) execution.status = CANCELED;
      }
      return {};
    },
  },
  getOneTruth: {
    target: () => 'SSISDB',
    answer: (scene) => {
      const catalog = readableCatalog(scene);
      const groupName = scene.instance.databases['SSISDB']?.group;
      const listener = groupName ? scene.estate.groups[groupName]?.listener : null;
      const stored = catalog?.logConnection ? scene.unseal(openedCatalog(scene).logConnection ?? '') : null;
      const properties = catalog ? masterProperties(scene.estate, catalog, scene.now) : {};
      return {
        listener: listener ? { name: listener.name, port: listener.port } : null,
        properties: Object.entries(properties)
          .filter(([name]) => NAMES.has(name))
          .map(([name, value]) => ({ name, value })),
        logServer: stored === null ? null : (/Data Source=([^;]*)/i.exec(stored)?.[1] ?? null),
      };
    },
  },
};

const CANCELED = 3;

/** Another machine, asked over the network. Source: [MS-ERREF]: RPC_S_SERVER_UNAVAILABLE (1722). */
function nodeOn({ estate }: Scene, name: string): Host {
  const host = estate.hosts[name];
  if (host?.restartingUntil === null) return host;
  throw new PowerShellRefusal(
    `${name} does not answer`,
    'HRESULT 0x800706ba',
    'ResourceUnavailable',
    -2147023174,
  );
}

const NAMES: ReadonlySet<string> = new Set([
  'MASTER_ADDRESS',
  'CLUSTER_LOGDB_SERVER',
  'MACHINE_NAME',
  'MASTER_SERVICE_PORT',
  'SSLCERT_THUMBPRINT',
]);

/** Source: domain facts, R3: 27123, the caller signed in with a SQL login. */
function requireWindowsCaller({ instance, login }: SqlScene): void {
  if (instance.logins[login.toLowerCase()]?.kind !== 'sql') return;
  throw new SqlServerError(
    27123,
    'The operation cannot be started by an account that uses SQL Server Authentication.',
  );
}
