import { edit, type Scenario } from './scenario.ts';

const TRUST = 'SSIS Scale Out, troubleshooting; domain facts, R3';
const ROLE = 'domain facts, step 7, failure modes';

/** What goes wrong with the role, the cluster's nodes and the workers of a finished estate. */
export const finishedMachines: readonly Scenario[] = [
  {
    name: 'role-offline',
    title: 'Nothing listens at the name of the Master: its role is offline (EndpointNotFoundException)',
    source: `${TRUST}, EndpointNotFoundException`,
    on: 'finished',
    spoil(stage) {
      const { role } = stage;
      role.state = 'Offline';
      for (const resource of Object.values(role.resources)) resource.state = 'Offline';
      stage.masterService(stage.first).state = 'Stopped';
    },
  },
  {
    name: 'role-removed',
    title: 'Somebody has removed the clustered role; its computer object is still enabled',
    source: ROLE,
    on: 'finished',
    spoil(stage) {
      delete stage.cluster.groups[stage.site.scaleOutMaster.name];
      stage.masterService(stage.first).state = 'Stopped';
    },
  },
  {
    name: 'two-masters-run',
    title: 'Monitoring has started the Master on the node that is at rest',
    source: 'domain facts, step 7, failure modes, and section 7, row 15',
    on: 'finished',
    spoil: (stage) => void (stage.masterService(stage.second).state = 'Running'),
  },
  {
    name: 'master-runs-as-another',
    title: 'The Master of the second node runs as another account',
    source: 'domain facts, 2.6, failure modes of step 7, and section 7, rows 2 and 14',
    on: 'finished',
    spoil(stage) {
      const { netbios } = stage.site.directory;
      stage.masterService(stage.second).account = `${netbios}\\svc-old`;
    },
  },
  {
    name: 'role-on-a-paused-node',
    title: 'The node that owns the role is paused',
    source: 'Suspend-ClusterNode; domain facts, C9',
    on: 'finished',
    spoil({ cluster, role }) {
      const node = cluster.nodes.find(({ name }) => name === role.owner);
      if (node) Object.assign(node, { state: 'Paused', paused: true });
    },
  },
  {
    name: 'node-down',
    title: 'The cluster service of the second node is down',
    source: 'domain facts, 1.4',
    on: 'finished',
    spoil({ cluster, second }) {
      const node = cluster.nodes.find(({ name }) => name === second.name);
      if (node) node.state = 'Down';
    },
  },
  {
    name: 'name-of-the-master-not-in-dns',
    title: 'DNS has refused the name of the role (event 1196)',
    source: 'domain facts, 1.4, failure modes, and R5',
    on: 'finished',
    spoil: ({ estate, site }) => void delete estate.directory.dns[site.scaleOutMaster.name.toLowerCase()],
  },
  {
    name: 'worker-cloned',
    title: 'A worker is a clone: it has the AgentId of another one',
    source: 'domain facts, R1 (AgentId) and section 7, row 24',
    on: 'finished',
    spoil(stage) {
      const [original] = stage.site.workers;
      const host = original && stage.estate.hosts[original.name];
      if (!host || host === stage.worker) throw new RangeError('This estate has not yet a second worker');
      const { AgentId } = JSON.parse(stage.settings(host, 'WorkerSettings.config').content) as {
        AgentId: string;
      };
      edit(stage.settings(stage.worker, 'WorkerSettings.config'), { AgentId });
    },
  },
  {
    name: 'worker-unknown',
    title: 'The catalog does not know a worker (27243)',
    source: 'domain facts, 9.3 and R3, errors 27243 and 27252',
    on: 'finished',
    spoil({ catalog, worker }) {
      for (const [id, agent] of Object.entries(catalog.workers))
        if (agent.machineName === worker.name) delete catalog.workers[id];
    },
  },
  {
    name: 'worker-key-unreadable',
    title: 'The account of a worker may not read the key of its certificate (no secure channel)',
    source: `${TRUST}, could not create SSL/TLS secure channel, and 9.3`,
    on: 'finished',
    spoil({ worker }) {
      for (const certificate of worker.certificates)
        if (certificate.store === 'My') certificate.keyReaders = [];
    },
  },
  {
    name: 'worker-pins-another-certificate',
    title: 'A worker pins another certificate of the Master (no trust relationship)',
    source: `${TRUST}, could not establish trust relationship`,
    on: 'finished',
    spoil: (stage) =>
      edit(stage.settings(stage.worker, 'WorkerSettings.config'), {
        MasterHttpsCertThumbprint: 'EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE',
      }),
  },
  {
    name: 'worker-certificate-expired',
    title: 'The certificate of a worker has run out',
    source: 'domain facts, R4 (certificates expire)',
    on: 'finished',
    spoil({ worker, second, first }) {
      const [own] = worker.certificates.filter(({ store }) => store === 'My');
      for (const host of [worker, first, second])
        for (const certificate of host.certificates)
          if (certificate.thumbprint === own?.thumbprint) certificate.notAfter = '2020-01-01T00:00:00.000Z';
    },
  },
  {
    name: 'worker-settings-broken',
    title: 'The settings of a worker are no JSON any more',
    source: 'domain facts, step 5, failure modes, and R1',
    on: 'finished',
    spoil: (stage) =>
      void (stage.settings(stage.worker, 'WorkerSettings.config').content = '{ "MasterEndpoint": '),
  },
  {
    name: 'master-settings-broken',
    title: 'The settings of the Master on the second node are no JSON any more: a backslash stands alone',
    source: 'domain facts, step 5, failure modes',
    on: 'finished',
    spoil: (stage) =>
      void (stage.settings(stage.second, 'MasterSettings.config').content =
        '{ "SqlServerName": "NODE-B\\SSIS" }'),
  },
  {
    name: 'master-certificate-names-the-listener',
    title: 'The certificate of the Master names the listener instead of the clustered role',
    source: 'sql-docs PR 1872; domain facts, section 7, row 4',
    on: 'finished',
    spoil(stage) {
      const { listener } = stage.site.availabilityGroup;
      const full = `${listener.name}.${stage.site.directory.domain}`.toLowerCase();
      for (const host of [stage.first, stage.second]) {
        const certificate = stage.masterCertificate(host);
        Object.assign(certificate, {
          subject: `CN=${full}`,
          issuer: `CN=${full}`,
          dnsNames: [full, listener.name.toLowerCase()],
        });
      }
    },
  },
];
