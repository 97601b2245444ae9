import type { Scenario } from './scenario.ts';

const RIGHTS =
  'Configure Windows service accounts and permissions; sql-docs #7105; domain facts, step 0 and section 7, row 11';
const VALIDATION = 'Validate hardware for a failover cluster; domain facts, step 0 and 1.2';

/** What policies, Windows itself and the network keep from new machines, and what they do to finished ones. */
export const policies: readonly Scenario[] = [
  {
    name: 'everything-in-german',
    title:
      'Windows and SQL Server are German: messages, built-in accounts, services and groups have other names',
    source: 'Well-known SIDs; domain facts, R3 (judge by number and state) and C12',
    on: 'fresh',
    spoil: ({ estate }) => void (estate.language = 'de'),
  },
  {
    name: 'service-rights-stripped',
    title: 'A group policy defines who may log on as a service on a node, and leaves our accounts out',
    source: RIGHTS,
    on: 'fresh',
    spoil({ second, site }) {
      second.userRights['SeServiceLogonRight'] = [`${site.directory.netbios}\\Backup Operators`];
    },
  },
  {
    name: 'service-rights-of-worker-stripped',
    title: 'A group policy takes a right from the account of a worker: executions stay pending',
    source: RIGHTS,
    on: 'finished',
    spoil: ({ worker }) => void (worker.userRights['SeAssignPrimaryTokenPrivilege'] = []),
  },
  {
    name: 'service-logon-denied',
    title: 'A group policy denies the account of the Master to log on as a service',
    source: RIGHTS,
    on: 'fresh',
    spoil: ({ second, site }) =>
      void (second.userRights['SeDenyServiceLogonRight'] = [site.accounts.master.account]),
  },
  {
    name: 'windows-builds-differ',
    title: 'The nodes have different builds of Windows',
    source: VALIDATION,
    on: 'fresh',
    spoil: ({ second }) => void (second.osBuild = '17763.6532'),
  },
  {
    name: 'feature-payload-missing',
    title: 'The source files of the clustering feature were removed from a node',
    source: 'Install-WindowsFeature, Source; domain facts, 1.1, failure modes',
    on: 'fresh',
    spoil: ({ second }) => void (second.lacksPayload = true),
  },
  {
    name: 'rpc-closed-on-one-node',
    title: 'The firewall of a node lets no remote procedure calls in',
    source: 'KB 832017; domain facts, section 3',
    on: 'fresh',
    spoil: ({ second }) => void (second.closesRpc = true),
  },
  {
    name: 'name-of-a-node-not-in-dns',
    title: 'DNS knows no address of a node',
    source: 'domain facts, step 0',
    on: 'fresh',
    spoil: ({ estate, second }) => void delete estate.directory.dns[second.name.toLowerCase()],
  },
];
