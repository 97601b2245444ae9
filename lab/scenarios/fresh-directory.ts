import { clusterAddresses } from '../../activities/site.ts';
import type { Scenario } from './scenario.ts';

const PRESTAGE = 'Prestage cluster computer objects in AD DS; domain facts, 1.3 and section 7, row 18';
const ACCOUNTS = 'Configure Windows service accounts and permissions; domain facts, step 0';
const CREATED = { part: 'directory', key: 'computerObjects', value: 'create' } as const;

/** What other teams have not done yet, or not as it was asked for: names, addresses, accounts, shares. */
export const freshDirectory: readonly Scenario[] = [
  {
    name: 'cluster-name-enabled',
    title: 'The computer object of the cluster is prestaged, but enabled, as one in use is',
    source: PRESTAGE,
    on: 'fresh',
    spoil: (stage) => void (stage.computer(stage.site.cluster.name).enabled = true),
  },
  {
    name: 'cluster-name-missing',
    title: 'Nobody has prestaged the computer object of the cluster',
    source: PRESTAGE,
    on: 'fresh',
    spoil: ({ estate, site }) => void delete estate.directory.computers[site.cluster.name.toLowerCase()],
  },
  {
    name: 'cluster-name-closed',
    title: 'The operator has no full control of the computer object of the cluster',
    source: PRESTAGE,
    on: 'fresh',
    spoil: (stage) => void (stage.computer(stage.site.cluster.name).fullControl = []),
  },
  {
    name: 'listener-name-closed',
    title: 'The cluster has no right to the computer object of the listener',
    source: PRESTAGE,
    on: 'fresh',
    spoil: (stage) => void (stage.computer(stage.site.availabilityGroup.listener.name).fullControl = []),
  },
  {
    name: 'master-name-closed',
    title: 'The cluster has no right to the computer object of the Scale Out Master',
    source: PRESTAGE,
    on: 'fresh',
    spoil: (stage) => void (stage.computer(stage.site.scaleOutMaster.name).fullControl = []),
  },
  {
    name: 'master-name-enabled',
    title: 'The computer object of the Scale Out Master is enabled',
    source: PRESTAGE,
    on: 'fresh',
    spoil: (stage) => void (stage.computer(stage.site.scaleOutMaster.name).enabled = true),
  },
  {
    name: 'listener-name-missing',
    title: 'Nobody has prestaged the computer object of the listener',
    source: PRESTAGE,
    on: 'fresh',
    spoil: ({ estate, site }) =>
      void delete estate.directory.computers[site.availabilityGroup.listener.name.toLowerCase()],
  },
  {
    name: 'master-name-missing',
    title: 'Nobody has prestaged the computer object of the Scale Out Master',
    source: PRESTAGE,
    on: 'fresh',
    spoil: ({ estate, site }) =>
      void delete estate.directory.computers[site.scaleOutMaster.name.toLowerCase()],
  },
  {
    name: 'computer-objects-denied',
    title: 'The organizational unit lets the operator create no computer objects',
    source: 'Prestage cluster computer objects in AD DS; domain facts, step 0, failure modes',
    on: 'fresh',
    needs: CREATED,
    spoil: (stage) => void (stage.account(stage.site.operator.account).canCreateComputers = false),
  },
  {
    name: 'computer-quota-used-up',
    title: 'The operator has no right to create computer objects, and has used its quota of ten up',
    source: 'ms-DS-MachineAccountQuota; domain facts, 1.3 and section 7, row 18',
    on: 'fresh',
    needs: CREATED,
    spoil: (stage) =>
      void Object.assign(stage.account(stage.site.operator.account), {
        canCreateComputers: false,
        computersLeft: 0,
      }),
  },
  {
    name: 'cluster-name-leads-elsewhere',
    title: 'DNS leads the name of the cluster to another address',
    source: 'domain facts, section 2, cross-checks',
    on: 'fresh',
    spoil: ({ estate, site }) =>
      void (estate.directory.dns[site.cluster.name.toLowerCase()] = { addresses: ['203.0.113.7'] }),
  },
  {
    name: 'master-name-leads-elsewhere',
    title: 'DNS leads the name of the Scale Out Master to another address',
    source: 'domain facts, section 2, cross-checks',
    on: 'fresh',
    spoil: ({ estate, site }) =>
      void (estate.directory.dns[site.scaleOutMaster.name.toLowerCase()] = { addresses: ['203.0.113.8'] }),
  },
  {
    name: 'cluster-address-taken',
    title: 'A machine that nobody knows answers at the address of the cluster',
    source: 'domain facts, section 2, cross-checks',
    on: 'fresh',
    spoil: ({ estate, site }) => void (estate.strangers = clusterAddresses(site).slice(0, 1)),
  },
  {
    name: 'listener-address-taken',
    title: 'A machine that nobody knows answers at the address of the listener',
    source: 'domain facts, section 2, cross-checks',
    on: 'fresh',
    spoil: ({ estate, site }) =>
      void (estate.strangers = site.availabilityGroup.listener.addresses.map(({ ip }) => ip)),
  },
  {
    name: 'master-address-taken',
    title: 'A machine that nobody knows answers at the address of the Scale Out Master',
    source: 'domain facts, section 2, cross-checks',
    on: 'fresh',
    spoil: ({ estate, site }) => void (estate.strangers = site.scaleOutMaster.addresses.map(({ ip }) => ip)),
  },
  {
    name: 'listener-spn-missing',
    title: 'Nobody has registered the service principal name of the listener',
    source: 'Listener connectivity, Kerberos; domain facts, C12',
    on: 'fresh',
    spoil({ estate, site }) {
      const { listener } = site.availabilityGroup;
      delete estate.directory.spns[
        `mssqlsvc/${listener.name}.${site.directory.domain}:${listener.port}`.toLowerCase()
      ];
    },
  },
  {
    name: 'spn-twice',
    title: 'A service principal name of a node is registered on another account too',
    source: 'Register a Service Principal Name for Kerberos connections; domain facts, C12',
    on: 'fresh',
    spoil({ estate, first, site }) {
      const spn = `mssqlsvc/${first.name}.${site.directory.domain}:${site.instance.port}`.toLowerCase();
      estate.directory.spns[spn]?.push('svc-legacy');
    },
  },
  {
    name: 'engine-account-missing',
    title: 'The directory has no account for the engine',
    source: ACCOUNTS,
    on: 'fresh',
    spoil: ({ estate, site }) =>
      void delete estate.directory.accounts[site.accounts.engine.account.toLowerCase()],
  },
  {
    name: 'agent-account-disabled',
    title: 'The account of SQL Server Agent is switched off',
    source: ACCOUNTS,
    on: 'fresh',
    spoil: (stage) => void (stage.account(stage.site.accounts.agent.account).disabled = true),
  },
  {
    name: 'master-account-password-changed',
    title: 'The password of the account of the Scale Out Master is another one than the site has',
    source: 'domain facts, 2.3, failure modes (setup validates every password)',
    on: 'fresh',
    spoil: (stage) =>
      void (stage.account(stage.site.accounts.master.account).password =
        stage.sealer.seal('An0therPassword')),
  },
  {
    name: 'worker-account-not-here',
    title: 'A worker may not retrieve the password of the managed account',
    source: 'Test-ADServiceAccount; domain facts, step 0',
    on: 'fresh',
    spoil: (stage) => void (stage.account(stage.site.accounts.worker.account).notOn = [stage.worker.name]),
  },
  {
    name: 'administrators-group-missing',
    title: 'The directory has no group that is to administer the engine',
    source: ACCOUNTS,
    on: 'fresh',
    spoil: ({ estate, site }) =>
      void delete estate.directory.accounts[(site.instance.sysadmins[0] ?? '').toLowerCase()],
  },
  {
    name: 'witness-share-closed',
    title: 'The cluster has no full control of the share of its witness',
    source: 'Deploy a file share witness; domain facts, 1.5',
    on: 'fresh',
    spoil(stage) {
      const { witness } = stage.site.cluster;
      if (witness.kind === 'fileShare') stage.share(witness.path).fullControl = [];
    },
  },
  {
    name: 'witness-share-missing',
    title: 'The share of the witness does not exist',
    source: 'Deploy a file share witness; domain facts, 1.5',
    on: 'fresh',
    spoil({ estate, site }) {
      const { witness } = site.cluster;
      if (witness.kind === 'fileShare') delete estate.shares[witness.path];
    },
  },
  {
    name: 'seed-share-closed',
    title: 'The account of the engine may not write to the share that seeds the secondaries',
    source: 'domain facts, R3, error 3201, and C10',
    on: 'fresh',
    spoil: (stage) => void (stage.share(stage.site.availabilityGroup.seeding.share).fullControl = []),
  },
  {
    name: 'exchange-share-missing',
    title: 'The share through which certificates travel does not exist',
    source: 'domain facts, 2.2 and 9.3',
    on: 'fresh',
    spoil: ({ estate, site }) => void delete estate.shares[site.directory.exchange],
  },
  {
    name: 'key-share-closed',
    title: 'Nobody may write to the share of the master key',
    source: 'domain facts, 2.4',
    on: 'fresh',
    spoil: (stage) => void (stage.share(stage.site.catalog.masterKeyBackup.path).fullControl = []),
  },
];
