import type { Scenario } from './scenario.ts';

const GROUP = 'domain facts, 4.4, failure modes';
const LISTENER = 'domain facts, 4.6, failure modes';
const PARITY = 'domain facts, 4.8';

/** What goes wrong with the availability group of a finished estate, its listener, and what does not travel with it. */
export const finishedGroup: readonly Scenario[] = [
  {
    name: 'stale-ssisdb-on-secondary',
    title: 'The second node holds an old SSISDB of its own, which has left the group',
    source: 'domain facts, C8 and 4.4, failure modes (database name already present)',
    on: 'finished',
    spoil(stage) {
      const database = stage.database(stage.second);
      const stale = { ...structuredClone(stage.catalog), id: 'catalog-stale' };
      stage.estate.catalogs['catalog-stale'] = stale;
      Object.assign(database, { group: null, catalog: 'catalog-stale', opensByItself: true });
    },
  },
  {
    name: 'copy-left-restoring',
    title: 'The seeding of the second replica has got stuck: its copy waits for a log that nobody keeps',
    source: GROUP,
    on: 'finished',
    spoil(stage) {
      const database = stage.database(stage.second);
      Object.assign(database, { group: null, state: 'RESTORING', position: 0 });
      database.restoredFrom = { name: 'SSISDB nightly', rolledForward: false };
    },
  },
  {
    name: 'ssisdb-recovery-pending',
    title: 'SSISDB cannot be recovered on the second replica: the drive of its files was lost',
    source: 'Troubleshooting recovery queuing; domain facts, R3, errors 945 and 3417',
    on: 'finished',
    spoil: (stage) => void (stage.database(stage.second).state = 'RECOVERY_PENDING'),
  },
  {
    name: 'group-resolving',
    title: 'The availability group is in RESOLVING: no replica is primary (983)',
    source: 'KB3139534; domain facts, R3, error 983, and section 7, row 7',
    on: 'finished',
    spoil: ({ group }) => void (group.resolving = true),
  },
  {
    name: 'replica-not-joined',
    title: 'The second replica has never joined the group',
    source: GROUP,
    on: 'finished',
    spoil(stage) {
      stage.replicaOf(stage.second).joined = false;
      delete stage.engineOf(stage.second).databases['SSISDB'];
    },
  },
  {
    name: 'second-group-on-the-engine',
    title: 'The engines serve a second availability group with a database of its own',
    source: 'domain facts, C7 and section 7, row 6',
    on: 'finished',
    spoil(stage) {
      const { group, estate } = stage;
      estate.groups['AG_SALES'] = {
        ...structuredClone(group),
        name: 'AG_SALES',
        id: 'group-sales',
        databases: ['Sales'],
        listener: null,
      };
      for (const host of [stage.first, stage.second]) {
        const database = structuredClone(stage.database(host));
        stage.engineOf(host).databases['Sales'] = {
          ...database,
          name: 'Sales',
          catalog: null,
          group: 'AG_SALES',
        };
      }
    },
  },
  {
    name: 'failover-without-master-key',
    title: 'After a failover the new primary cannot open the master key of SSISDB (15581)',
    source: 'sp_control_dbmasterkey_password; domain facts, 4.5 and R3, error 15581, and section 7, row 2',
    on: 'finished',
    spoil(stage) {
      stage.group.primary = stage.replicaOf(stage.second).server;
      const group = stage.cluster.groups[stage.site.availabilityGroup.name];
      if (group) group.owner = stage.second.name;
      stage.engineOf(stage.second).masterKeyPasswords = [];
      const database = stage.database(stage.second);
      database.opensByItself = false;
      delete database.opened;
    },
  },
  {
    name: 'listener-removed',
    title: 'Somebody has removed the listener',
    source: LISTENER,
    on: 'finished',
    spoil({ group, cluster, site }) {
      const name = group.listener?.name ?? '';
      group.listener = null;
      const role = cluster.groups[site.availabilityGroup.name];
      for (const [key, resource] of Object.entries(role?.resources ?? {}))
        if (role && resource.type !== 'SQL Server Availability Group') delete role.resources[key];
      const computer = site.availabilityGroup.listener.name === name ? name : '';
      if (computer === '') throw new RangeError('This estate has not yet a listener');
    },
  },
  {
    name: 'listener-at-another-port',
    title: 'Somebody has moved the listener to another port',
    source: 'domain facts, section 1 and 4.6',
    on: 'finished',
    spoil({ group }) {
      if (group.listener) group.listener.port += 1;
    },
  },
  {
    name: 'assembly-not-trusted',
    title: 'The second engine does not trust the assembly of SSISDB (10314)',
    source: `${PARITY} and R3, error 10314`,
    on: 'finished',
    spoil: (stage) => void (stage.engineOf(stage.second).trustedAssemblies = []),
  },
  {
    name: 'clr-switched-off',
    title: 'CLR is switched off on the second engine',
    source: `${PARITY} and R3, error 6522`,
    on: 'finished',
    spoil: (stage) => void (stage.engineOf(stage.second).clrEnabled = false),
  },
  {
    name: 'startup-procedure-missing',
    title: 'The startup procedure of the catalog is gone from the second engine',
    source: PARITY,
    on: 'finished',
    spoil: (stage) => void (stage.engineOf(stage.second).startupProcedures = []),
  },
  {
    name: 'replica-not-registered',
    title: 'The catalog does not know its second replica (27228)',
    source: 'domain facts, 4.7 and R3, errors 27227 and 27228',
    on: 'finished',
    spoil: (stage) => void delete stage.catalog.alwaysOnReplicas[stage.replicaOf(stage.second).server],
  },
  {
    name: 'always-on-switched-off',
    title: 'Always On is switched off on the second engine, and waits for its restart',
    source: 'domain facts, 4.1, failure modes',
    on: 'finished',
    spoil(stage) {
      const { live, pending } = stage.engineOf(stage.second);
      live.hadrEnabled = false;
      pending.hadrEnabled = false;
    },
  },
  {
    name: 'engine-account-changed',
    title: 'The second engine runs as another account: its endpoint lets nobody in, and its names are wrong',
    source: 'domain facts, 4.2, failure modes, and C12',
    on: 'finished',
    spoil(stage) {
      const { estate, site, second } = stage;
      const known = stage.account(site.accounts.engine.account);
      const name = `${site.directory.netbios}\\svc-engine-2`;
      estate.directory.accounts[name.toLowerCase()] = { ...structuredClone(known), name };
      stage.service(second, 'MSSQL').account = name;
    },
  },
];
