import { edit, type Scenario } from './scenario.ts';

const LOG = 'SSIS Scale Out, troubleshooting; domain facts, step 6 and section 7, row 1';

/** What goes wrong on the nodes of an estate that was finished: what a policy, a colleague or a failover left. */
export const finishedNodes: readonly Scenario[] = [
  {
    name: 'master-starts-by-itself',
    title: 'A policy has set the service of the Master back to Automatic on the second node',
    source: 'Generic Service resource (ResUtil); domain facts, section 7, row 15',
    on: 'finished',
    spoil: (stage) => void (stage.masterService(stage.second).startMode = 'Automatic'),
  },
  {
    name: 'master-disabled',
    title: 'The service of the Master is disabled on the second node',
    source: 'domain facts, 7.1, failure modes',
    on: 'finished',
    spoil: (stage) => void (stage.masterService(stage.second).startMode = 'Disabled'),
  },
  {
    name: 'master-certificate-lost',
    title: 'The certificate of the Master is gone from the second node',
    source: 'domain facts, 2.2 and section 7, row 3',
    on: 'finished',
    spoil(stage) {
      const lost = stage.masterCertificate(stage.second);
      stage.second.certificates = stage.second.certificates.filter((certificate) => certificate !== lost);
    },
  },
  {
    name: 'master-certificate-without-key',
    title: 'The certificate of the Master lies on the second node without its key',
    source: 'domain facts, 2.2 and section 7, row 3',
    on: 'finished',
    spoil: (stage) => void (stage.masterCertificate(stage.second).hasPrivateKey = false),
  },
  {
    name: 'master-certificate-expired',
    title: 'The certificate of the Master has run out',
    source: 'domain facts, 2.2',
    on: 'finished',
    spoil(stage) {
      for (const host of [stage.first, stage.second])
        stage.masterCertificate(host).notAfter = '2020-01-01T00:00:00.000Z';
    },
  },
  {
    name: 'certificate-of-an-authority-in-root',
    title: 'A certificate that is not self-signed lies among the trusted roots: clients get 403',
    source: 'KB 2802568; domain facts, section 7, row 13',
    on: 'finished',
    spoil: ({ second }) =>
      void second.certificates.push({
        store: 'Root',
        thumbprint: 'ABCDEF0123456789ABCDEF0123456789ABCDEF01',
        subject: 'CN=legacy.app',
        issuer: 'CN=Some Authority',
        dnsNames: ['legacy.app'],
        notAfter: '2035-01-01T00:00:00.000Z',
        hasPrivateKey: false,
        exportable: false,
        isAuthority: false,
        serverAuthentication: true,
        keyReaders: [],
      }),
  },
  {
    name: 'binding-lost',
    title: 'The port of the Master is bound to no certificate on the second node',
    source: 'netsh http show sslcert; domain facts, section 7, row 3',
    on: 'finished',
    spoil: ({ second }) => void (second.sslBindings = {}),
  },
  {
    name: 'settings-name-another-server',
    title: 'MasterSettings.config of the second node names its own engine instead of the listener',
    source: 'domain facts, step 5 and section 7, row 5',
    on: 'finished',
    spoil: (stage) =>
      edit(stage.settings(stage.second, 'MasterSettings.config'), { SqlServerName: stage.second.name }),
  },
  {
    name: 'settings-name-another-certificate',
    title: 'MasterSettings.config of the second node names another certificate',
    source: 'domain facts, step 5',
    on: 'finished',
    spoil: (stage) =>
      edit(stage.settings(stage.second, 'MasterSettings.config'), {
        SSLCertThumbprint: 'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF',
      }),
  },
  {
    name: 'firewall-closed-on-one-node',
    title: 'The rule for the port of the Master is switched off on the second node',
    source: 'domain facts, section 3 and section 7, row 3',
    on: 'finished',
    spoil({ second }) {
      for (const rule of Object.values(second.firewall)) rule.enabled = false;
    },
  },
  {
    name: 'log-login-missing',
    title: 'The login of the execution log is missing on the second replica',
    source: LOG,
    on: 'finished',
    spoil: (stage) => void delete stage.engineOf(stage.second).logins['##ms_ssislogdbworkeragentlogin##'],
  },
  {
    name: 'log-login-of-another-sid',
    title: 'The login of the execution log has another SID on the second replica',
    source: LOG,
    on: 'finished',
    spoil: (stage) =>
      void (stage.login(stage.second, '##MS_SSISLogDBWorkerAgentLogin##').sid = '0x0102030405060708'),
  },
  {
    name: 'log-login-of-another-password',
    title: 'The login of the execution log has another password on the second replica',
    source: LOG,
    on: 'finished',
    spoil: (stage) =>
      void (stage.login(stage.second, '##MS_SSISLogDBWorkerAgentLogin##').password =
        stage.sealer.seal('AnotherPassword123456789')),
  },
  {
    name: 'log-login-disabled',
    title: 'The login of the execution log is disabled on the primary',
    source: LOG,
    on: 'finished',
    spoil: (stage) => void (stage.login(stage.first, '##MS_SSISLogDBWorkerAgentLogin##').disabled = true),
  },
  {
    name: 'mixed-mode-off',
    title: 'The second engine takes Windows logins only, so that workers cannot write the log there',
    source: 'domain facts, R3, error 18456 state 58',
    on: 'finished',
    spoil(stage) {
      const { live, pending } = stage.engineOf(stage.second);
      live.mixedMode = false;
      pending.mixedMode = false;
    },
  },
  {
    name: 'master-login-missing',
    title: 'The account of the Master has no login on the second replica',
    source: 'domain facts, 2.6 and section 7, row 2',
    on: 'finished',
    spoil: (stage) =>
      void delete stage.engineOf(stage.second).logins[stage.site.accounts.master.account.toLowerCase()],
  },
  {
    name: 'master-key-password-missing',
    title: 'The second replica does not know the password of the master key (15581 after a failover)',
    source: 'domain facts, 4.5 and R3, error 15581',
    on: 'finished',
    spoil: (stage) => void (stage.engineOf(stage.second).masterKeyPasswords = []),
  },
  {
    name: 'agent-stopped',
    title: 'SQL Server Agent is stopped on the second node',
    source: 'domain facts, 4.7, failure modes',
    on: 'finished',
    spoil(stage) {
      const agent = stage.service(stage.second, 'SQLSERVERAGENT');
      agent.state = 'Stopped';
      agent.startMode = 'Manual';
    },
  },
  {
    name: 'cleanup-login-of-another-sid',
    title: 'The owner of the maintenance job has another SID on the second replica',
    source: 'domain facts, section 7, row 26',
    on: 'finished',
    spoil: (stage) =>
      void (stage.login(stage.second, '##MS_SSISServerCleanupJobLogin##').sid = '0x0102030405060709'),
  },
  {
    name: 'failover-monitor-missing',
    title: 'The job that watches for failovers is gone from the second replica',
    source: 'domain facts, 4.7',
    on: 'finished',
    spoil: (stage) => void delete stage.engineOf(stage.second).jobs['SSIS Failover Monitor Job'],
  },
  {
    name: 'endpoint-stopped',
    title: 'The endpoint of the second replica is stopped',
    source: 'domain facts, 4.2',
    on: 'finished',
    spoil(stage) {
      const { endpoint } = stage.engineOf(stage.second);
      if (endpoint) endpoint.state = 'STOPPED';
    },
  },
  {
    name: 'endpoint-closed',
    title: 'The account of the engine may not connect to the endpoint of the second replica',
    source: 'domain facts, 4.2, failure modes',
    on: 'finished',
    spoil(stage) {
      const { endpoint } = stage.engineOf(stage.second);
      if (endpoint) endpoint.connectGrants = [];
    },
  },
  {
    name: 'engine-stopped',
    title: 'The second engine is stopped',
    source: 'domain facts, step 0',
    on: 'finished',
    spoil(stage) {
      stage.engineOf(stage.second).running = false;
      stage.service(stage.second, 'MSSQL').state = 'Stopped';
    },
  },
  {
    name: 'memory-without-limit',
    title: 'The second engine may take all the memory of its node',
    source: 'domain facts, 3',
    on: 'finished',
    spoil: (stage) => void (stage.engineOf(stage.second).maxServerMemoryMb = 2_147_483_647),
  },
];
