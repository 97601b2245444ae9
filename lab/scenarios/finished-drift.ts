import { edit, type Scenario } from './scenario.ts';

const NAMES = 'domain facts, section 1 and section 7, row 4';

/** What colleagues leave behind in a finished estate that no list tells of. */
export const finishedDrift: readonly Scenario[] = [
  {
    name: 'role-under-another-name',
    title: 'The Master is clustered under another name than the site says',
    source: NAMES,
    on: 'finished',
    spoil(stage) {
      const { cluster, role } = stage;
      delete cluster.groups[role.name];
      cluster.groups['OLD-MASTER'] = { ...role, name: 'OLD-MASTER' };
    },
  },
  {
    name: 'role-at-another-address',
    title: 'The role has another address than the site says',
    source: NAMES,
    on: 'finished',
    spoil({ role }) {
      for (const resource of Object.values(role.resources))
        if (resource.type === 'IP Address') resource.parameters['Address'] = '10.10.0.99';
    },
  },
  {
    name: 'group-under-another-name',
    title: 'SSISDB belongs to another availability group than the site says',
    source: NAMES,
    on: 'finished',
    spoil(stage) {
      const { cluster, estate, group } = stage;
      const part = cluster.groups[group.name];
      delete estate.groups[group.name];
      delete cluster.groups[group.name];
      estate.groups['AG_OTHER'] = { ...group, name: 'AG_OTHER' };
      if (part) cluster.groups['AG_OTHER'] = { ...part, name: 'AG_OTHER' };
      for (const host of [stage.first, stage.second]) stage.database(host).group = 'AG_OTHER';
    },
  },
  {
    name: 'endpoint-at-another-port',
    title: 'The endpoint of the second replica listens at another port than the group calls',
    source: 'Troubleshoot Always On availability groups configuration, endpoints; domain facts, 4.2',
    on: 'finished',
    spoil(stage) {
      const { endpoint } = stage.engineOf(stage.second);
      if (endpoint) endpoint.port += 1;
    },
  },
  {
    name: 'listener-leads-elsewhere',
    title: 'DNS leads the name of the listener to an address that it does not have',
    source: 'domain facts, 4.6 and R5',
    on: 'finished',
    spoil: ({ estate, site }) =>
      void (estate.directory.dns[site.availabilityGroup.listener.name.toLowerCase()] = {
        addresses: ['203.0.113.10'],
      }),
  },
  {
    name: 'master-login-disabled',
    title: 'Somebody has switched off the login of the Master on the second replica',
    source: 'domain facts, 2.6 and section 7, row 2',
    on: 'finished',
    spoil: (stage) => void (stage.login(stage.second, stage.site.accounts.master.account).disabled = true),
  },
  {
    name: 'witness-share-closed-later',
    title: 'Somebody has closed the share of the witness to the cluster',
    source: 'Deploy a file share witness; domain facts, 1.5',
    on: 'finished',
    spoil(stage) {
      const { witness } = stage.site.cluster;
      if (witness.kind === 'fileShare') stage.share(witness.path).fullControl = [];
    },
  },
  {
    name: 'spns-on-the-old-account',
    title: 'All service principal names are still registered on the account of the old engine',
    source: 'Register a Service Principal Name for Kerberos connections; domain facts, C12',
    on: 'finished',
    spoil({ estate }) {
      for (const spn of Object.keys(estate.directory.spns)) estate.directory.spns[spn] = ['svc-old'];
    },
  },
  {
    name: 'master-key-password-unknown',
    title: 'The master key of SSISDB has another password than the site knows',
    source: 'domain facts, 4.5',
    on: 'finished',
    spoil: ({ catalog, sealer }) => void (catalog.masterKeyPassword = sealer.seal('S0mebodyElse')),
  },
  {
    name: 'worker-account-changed',
    title: 'A worker runs as another account',
    source: 'domain facts, 9.3',
    on: 'finished',
    spoil: (stage) =>
      void (stage.service(stage.worker, 'SSISScaleOutWorker').account =
        `${stage.site.directory.netbios}\\svc-old`),
  },
  {
    name: 'worker-without-an-id',
    title: 'The settings of a worker hold no AgentId',
    source: 'domain facts, R1 (AgentId)',
    on: 'finished',
    spoil: (stage) => edit(stage.settings(stage.worker, 'WorkerSettings.config'), { AgentId: '' }),
  },
];
