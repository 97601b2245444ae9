import type { Scenario } from './scenario.ts';

const SILENT = 'text of the procedures in SSISDB; domain facts, C3';
const ENGINE = 'AG prerequisites; domain facts, step 3';

/** What goes wrong inside SSISDB and with the engines of a finished estate. */
export const finishedCatalog: readonly Scenario[] = [
  {
    name: 'scale-out-never-enabled',
    title: 'Scale Out was never enabled in the catalog: its properties are empty',
    source: 'SSIS Scale Out, troubleshooting; domain facts, 2.5 and section 7, row 5',
    on: 'finished',
    spoil({ catalog }) {
      catalog.masterProperties = {};
      catalog.logConnection = null;
    },
  },
  {
    name: 'no-row-for-the-address',
    title:
      'SSISDB has no row for the address of the Master: update_master_address returns 0 and changes nothing',
    source: `${SILENT} and step 8`,
    on: 'finished',
    spoil: ({ catalog }) => void delete catalog.masterProperties['MASTER_ADDRESS'],
  },
  {
    name: 'no-row-for-the-log',
    title: 'SSISDB has no row for the log connection: update_logdb_info returns 0 and changes nothing',
    source: `${SILENT} and 6.3`,
    on: 'finished',
    spoil: ({ catalog }) => void delete catalog.masterProperties['CLUSTER_LOGDB_SERVER'],
  },
  {
    name: 'log-user-without-role',
    title: 'The user of the execution log may not write logs any more',
    source: 'domain facts, 6.2 and section 7, row 1',
    on: 'finished',
    spoil({ catalog }) {
      for (const user of Object.values(catalog.users)) if (user.name.includes('LogDBWorker')) user.roles = [];
    },
  },
  {
    name: 'log-of-ssisdb-full',
    title: 'The log of SSISDB is full (9002)',
    source: 'domain facts, R3, error 9002, and section 7, row 10',
    on: 'finished',
    spoil: (stage) => void (stage.database(stage.first).logFull = true),
  },
  {
    name: 'operator-no-sysadmin',
    title: 'The operator is no member of sysadmin on the second engine',
    source: 'domain facts, 2.5 and R3, error 27260',
    on: 'finished',
    spoil: (stage) => void (stage.login(stage.second, stage.site.operator.account).serverRoles = []),
  },
  {
    name: 'operator-login-missing',
    title: 'The operator has no login on the second engine (18456)',
    source: 'MSSQLSERVER_18456, state 5; domain facts, R3',
    on: 'finished',
    spoil: (stage) =>
      void delete stage.engineOf(stage.second).logins[stage.site.operator.account.toLowerCase()],
  },
  {
    name: 'master-not-beside-the-engine',
    title: 'The Scale Out Master was uninstalled from the second node (27261)',
    source: 'domain facts, 2.5 and R3, error 27261, and section 7, row 9',
    on: 'finished',
    spoil(stage) {
      const { second } = stage;
      for (const name of Object.keys(second.services))
        if (name.startsWith('SSISScaleOutMaster')) delete second.services[name];
      for (const key of Object.keys(second.registry))
        if (key.includes('SQL_IS_Master')) delete second.registry[key];
    },
  },
  {
    name: 'engine-of-another-build',
    title: 'Somebody has brought the second engine to another build',
    source: `${ENGINE} and section 7, row 8`,
    on: 'finished',
    spoil(stage) {
      const engine = stage.engineOf(stage.second);
      engine.version = engine.version.replace(/\d+$/, '9');
    },
  },
  {
    name: 'engine-of-standard-edition',
    title: 'The second engine is of Standard edition, which has no Scale Out Master',
    source: 'Editions and supported features, Integration Services; domain facts, section 1',
    on: 'finished',
    spoil: (stage) => void (stage.engineOf(stage.second).edition = 'Standard'),
  },
  {
    name: 'collation-differs',
    title: 'The second engine has another collation',
    source: ENGINE,
    on: 'finished',
    spoil: (stage) => void (stage.engineOf(stage.second).collation = 'Japanese_CI_AS'),
  },
  {
    name: 'engine-broken-by-update',
    title: 'An update has left the second engine unable to start (912, 3417)',
    source:
      'SupportArticles, SQL Server upgrade script failures; domain facts, R3 and section 7, rows 8 to 10',
    on: 'finished',
    spoil(stage) {
      const engine = stage.engineOf(stage.second);
      engine.running = false;
      engine.version = engine.version.replace(/\d+$/, '9');
      stage.service(stage.second, 'MSSQL').state = 'Stopped';
    },
  },
];
