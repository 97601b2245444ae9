import { edit, type Scenario } from './scenario.ts';

const TRUST = 'SSIS Scale Out, troubleshooting (403); domain facts, 9.3 and section 7, row 3';

/** What goes wrong in a finished estate beyond single nodes: cluster, group, catalog, workers. */
export const finishedEstate: readonly Scenario[] = [
  {
    name: 'witness-lost',
    title: 'The cluster has no witness any more',
    source: 'domain facts, 1.5',
    on: 'finished',
    spoil: ({ cluster }) => void (cluster.witness = { kind: 'none', at: null }),
  },
  {
    name: 'data-movement-suspended',
    title: 'Data movement to the second replica is suspended',
    source: 'domain facts, 4.4, failure modes',
    on: 'finished',
    spoil: (stage) => void (stage.replicaOf(stage.second).suspended = true),
  },
  {
    name: 'replica-asynchronous',
    title: 'The second replica commits asynchronously, so that a failover would lose data',
    source: 'domain facts, 4.3',
    on: 'finished',
    spoil: (stage) =>
      void Object.assign(stage.replicaOf(stage.second), {
        availabilityMode: 'ASYNCHRONOUS_COMMIT',
        failoverMode: 'MANUAL',
      }),
  },
  {
    name: 'failover-by-hand',
    title: 'Somebody has failed SSISDB over to the second replica',
    source: 'domain facts, C8',
    on: 'finished',
    spoil(stage) {
      const { server } = stage.replicaOf(stage.second);
      stage.group.primary = server;
      const group = stage.cluster.groups[stage.site.availabilityGroup.name];
      if (group) group.owner = stage.second.name;
    },
  },
  {
    name: 'role-moved',
    title: 'The clustered role runs on the second node',
    source: 'domain facts, C8',
    on: 'finished',
    spoil(stage) {
      stage.role.owner = stage.second.name;
      stage.masterService(stage.first).state = 'Stopped';
      stage.masterService(stage.second).state = 'Running';
    },
  },
  {
    name: 'owners-of-role-changed',
    title: 'The clustered role prefers no node any more',
    source: 'domain facts, 7.2',
    on: 'finished',
    spoil: ({ role }) => void (role.preferredOwners = []),
  },
  {
    name: 'address-of-the-master-old',
    title: 'SSISDB names a server as the Master instead of the clustered role',
    source: 'domain facts, step 8',
    on: 'finished',
    spoil: ({ catalog, first }) =>
      void (catalog.masterProperties['MASTER_ADDRESS'] = `https://${first.name}:8391`),
  },
  {
    name: 'log-connection-with-stray-bracket',
    title: 'The connection string of the execution log holds the stray bracket of the written page',
    source: 'domain facts, 6.3 and section 9',
    on: 'finished',
    spoil({ catalog, sealer }) {
      if (catalog.logConnection !== null)
        catalog.logConnection = sealer.seal(
          sealer.unseal(catalog.logConnection).replace('Source=', 'Source=]'),
        );
    },
  },
  {
    name: 'log-connection-names-a-server',
    title: 'Execution logs go to one server instead of the listener',
    source: 'domain facts, 6.3',
    on: 'finished',
    spoil({ catalog, first, sealer }) {
      if (catalog.logConnection !== null)
        catalog.logConnection = sealer.seal(
          sealer.unseal(catalog.logConnection).replace(/Data Source=[^;]*/, `Data Source=${first.name}`),
        );
    },
  },
  {
    name: 'master-without-rights',
    title: 'The account of the Master is no member of ssis_admin any more',
    source: 'domain facts, 2.6',
    on: 'finished',
    spoil({ catalog, site }) {
      const user = Object.values(catalog.users).find(({ name }) => name === site.accounts.master.account);
      if (user) user.roles = [];
    },
  },
  {
    name: 'packages-go-to-workers-by-default',
    title: 'The default execution mode of the catalog is another than the site says',
    source: 'domain facts, section 7, row 21',
    on: 'finished',
    spoil: ({ catalog }) => void (catalog.properties['DEFAULT_EXECUTION_MODE'] = '1'),
  },
  {
    name: 'history-kept-for-ever',
    title: 'Somebody has changed how long the catalog keeps its history',
    source: 'domain facts, 2.4',
    on: 'finished',
    spoil: ({ catalog }) => void (catalog.properties['RETENTION_WINDOW'] = '365'),
  },
  {
    name: 'worker-trusted-on-one-node',
    title: 'A worker is trusted on the first node only: it gets 403 after a failover',
    source: TRUST,
    on: 'finished',
    spoil({ second, worker }) {
      second.certificates = second.certificates.filter(
        ({ store, subject }) => store !== 'Root' || !subject.startsWith(`CN=${worker.name}`),
      );
    },
  },
  {
    name: 'worker-trusts-no-master',
    title: 'A worker does not trust the certificate of the Master',
    source: TRUST,
    on: 'finished',
    spoil: ({ worker }) =>
      void (worker.certificates = worker.certificates.filter(({ store }) => store !== 'Root')),
  },
  {
    name: 'worker-disabled',
    title: 'A worker is disabled in the catalog',
    source: 'domain facts, 9.5 and section 7, row 11',
    on: 'finished',
    spoil({ catalog, worker }) {
      for (const agent of Object.values(catalog.workers))
        if (agent.machineName === worker.name) agent.enabled = false;
    },
  },
  {
    name: 'worker-points-elsewhere',
    title: 'A worker looks for the Master on a server instead of the clustered role',
    source: 'domain facts, 9.2',
    on: 'finished',
    spoil: (stage) =>
      edit(stage.settings(stage.worker, 'WorkerSettings.config'), {
        MasterEndpoint: `https://${stage.first.name}:8391`,
      }),
  },
  {
    name: 'worker-stopped',
    title: 'The service of a worker is stopped and disabled',
    source: 'domain facts, 9.2 and section 7, row 11',
    on: 'finished',
    spoil: (stage) =>
      void Object.assign(stage.service(stage.worker, 'SSISScaleOutWorker'), {
        state: 'Stopped',
        startMode: 'Disabled',
      }),
  },
  {
    name: 'worker-certificate-lost',
    title: 'The client certificate of a worker is gone',
    source: 'domain facts, 9.3',
    on: 'finished',
    spoil: ({ worker }) =>
      void (worker.certificates = worker.certificates.filter(({ store }) => store !== 'My')),
  },
  {
    name: 'backup-job-disabled',
    title: 'The job that backs up the log of SSISDB is switched off',
    source: 'domain facts, C10',
    on: 'finished',
    spoil(stage) {
      for (const job of Object.values(stage.engineOf(stage.first).jobs))
        if (job.name.includes('back up the log')) job.enabled = false;
    },
  },
];
