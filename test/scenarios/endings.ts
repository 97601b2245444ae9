/** Of each step that tells a person: the scenarios that it tells of, and what it says. */
export const TOLD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'check-names': {
    'cluster-name-enabled': 'The computer object SSIS-CLUSTER is enabled: somebody uses the name',
    'cluster-name-missing': 'The computer object SSIS-CLUSTER is not prestaged',
    'cluster-name-closed': 'LAB\\svc-runbook has no full control of the computer object SSIS-CLUSTER',
    'listener-name-closed': 'LAB\\SSIS-CLUSTER$ has no full control of the computer object SSISDB-AG',
    'master-name-closed': 'LAB\\SSIS-CLUSTER$ has no full control of the computer object SSIS-MASTER',
    'master-name-enabled': 'The computer object SSIS-MASTER is enabled: somebody uses the name',
    'listener-name-missing': 'The computer object SSISDB-AG is not prestaged',
    'cluster-name-leads-elsewhere': 'SSIS-CLUSTER resolves to 203.0.113.7, not to 10.10.0.20',
    'master-name-leads-elsewhere': 'SSIS-MASTER resolves to 203.0.113.8, not to 10.10.0.22',
    'cluster-address-taken': 'Something answers at 10.10.0.20, which is meant for SSIS-CLUSTER',
    'listener-address-taken': 'Something answers at 10.10.0.21, which is meant for SSISDB-AG',
    'master-address-taken': 'Something answers at 10.10.0.22, which is meant for SSIS-MASTER',
  },
  'check-spns': {
    'listener-spn-missing': 'MSSQLSvc/ssisdb-ag.lab.example:1433 is not registered on LAB\\svc-engine',
    'spn-twice': 'is registered on svc-legacy too',
  },
  'check-accounts': {
    'engine-account-missing': 'The directory knows no LAB\\svc-engine',
    'agent-account-disabled': 'LAB\\svc-agent is switched off',
    'worker-account-not-here': 'WORKER-2 may not use LAB\\gmsa-worker$',
    'administrators-group-missing': 'The directory knows no LAB\\sql-admins',
  },
  'install-on-primary': {
    'master-account-password-changed':
      'Setup on NODE-A ended with -2068578304 (0x84B40000): an input was refused, or the media',
  },
  'set-witness': {
    'witness-share-closed':
      'setWitness on NODE-A: LAB\\SSIS-CLUSTER$ has no full control of \\\\fs1.lab.example\\witness$',
  },
  'check-shares': {
    'witness-share-missing': 'NODE-A does not find \\\\fs1.lab.example\\witness$',
    'seed-share-closed': '\\\\fs1.lab.example\\seed$ is closed to the operator on NODE-A',
    'exchange-share-missing': 'NODE-A does not find \\\\fs1.lab.example\\exchange$',
    'key-share-closed': '\\\\fs1.lab.example\\keys$ is closed to the operator on NODE-A',
  },
  'check-host': {
    'node-in-no-domain':
      'NODE-B is in no domain, not in lab.example; lab.example did not tell NODE-B its time',
    'worker-in-no-domain':
      'WORKER-2 is in no domain, not in lab.example; lab.example did not tell WORKER-2 its time',
    'operator-no-administrator': 'LAB\\svc-runbook is no administrator of NODE-B, or not elevated',
    'operator-no-administrator-of-worker':
      'LAB\\svc-runbook is no administrator of WORKER-2, or not elevated',
    'clock-skew': 'The clock of NODE-B is 6 minutes off that of lab.example',
    'system-drive-full': 'C: of NODE-A has 2 GB free, 6 are needed',
    'worker-drive-full': 'C: of WORKER-2 has 2 GB free, 6 are needed',
    'log-drive-missing': 'NODE-B has no drive F:',
    'node-name-leads-elsewhere':
      'node-b.lab.example resolves to 203.0.113.9, not to 10.10.0.12; node-b.lab.example does',
  },
  'check-media': {
    'media-missing': 'D:\\Media\\SQL2022\\setup.exe is not there',
    'worker-media-missing': 'D:\\Media\\SQL2022\\setup.exe is not there',
    'updates-missing': 'D:\\Media\\SQL2022\\Updates holds no update',
    'media-of-another-version': 'D:\\Media\\SQL2022 holds version 0.0.1000.6, not 16.x;',
    'media-of-standard-edition': 'D:\\Media\\SQL2022 brings a product key, the site wants Developer',
    'update-of-another-build':
      'D:\\Media\\SQL2022\\Updates\\SQLServer2022-x64.exe is build 16.0.4165.1, not 16.0.4165.4',
  },
  'check-ports': {
    'master-port-taken': 'Port 8391 of NODE-B is held by httpd',
    'engine-port-taken': 'Port 1433 of NODE-A is held by legacy',
    'endpoint-port-taken': 'Port 5022 of NODE-B is held by backup-agent',
  },
  'check-certificates': {
    'engine-certificate-missing':
      'NODE-B has no certificate for node-b.lab.example and ssisdb-ag.lab.example in',
    'engine-certificate-without-listener':
      'NODE-B has no certificate for node-b.lab.example and ssisdb-ag.lab.example in',
    'engine-certificate-expired':
      'NODE-B has no certificate for node-b.lab.example and ssisdb-ag.lab.example in',
  },
  'create-master-certificate': {
    'master-certificate-expired':
      'Half of the certificate of ssis-master.lab.example is there: in Root none with its key that has not run out',
  },
  'check-trusted-roots': {
    'certificate-of-an-authority-in-root': 'CN=legacy.app (',
  },
  'check-master-settings-agree': {
    'binding-lost': 'Port 8391 of NODE-B is bound to the certificate none, not',
    'settings-name-another-certificate': 'The Master on NODE-B is set to the certificate',
  },
  'check-sign-in': {
    'engine-stopped': 'The engine MSSQLSERVER on NODE-B is not running',
  },
  'seed-secondary': {
    'data-movement-suspended': 'The movement of data to the copy of SSISDB on NODE-B is suspended',
  },
  'check-execution-mode': {
    'packages-go-to-workers-by-default': 'DEFAULT_EXECUTION_MODE is 1, the site file says 0',
  },
  'install-worker': {
    'worker-certificate-lost': 'WorkerSettings.config on WORKER-2 names the certificate',
  },
};

/** Of each step that mends by itself: the scenarios that it mends. */
export const MENDED: Readonly<Record<string, readonly string[]>> = {
  'hold-master-service': ['master-starts-by-itself', 'master-disabled'],
  'import-master-certificate': ['master-certificate-lost', 'master-certificate-without-key'],
  'point-master-at-listener': ['settings-name-another-server'],
  'open-firewall': ['firewall-closed-on-one-node'],
  'match-log-login': ['log-login-missing', 'log-login-of-another-sid', 'log-login-of-another-password'],
  'set-log-password': ['log-login-disabled'],
  'configure-engine-on-secondary': ['mixed-mode-off'],
  'create-master-login': ['master-login-missing'],
  'store-master-key-password': ['master-key-password-missing'],
  'create-failover-monitor-job': ['agent-stopped', 'failover-monitor-missing'],
  'match-server-objects': ['cleanup-login-of-another-sid'],
  'create-endpoint': ['endpoint-stopped', 'endpoint-closed'],
  'set-server-memory': ['memory-without-limit'],
  'set-witness': ['witness-lost'],
  'create-group': ['replica-asynchronous'],
  'tune-role': ['owners-of-role-changed'],
  'set-master-address': ['address-of-the-master-old'],
  'set-log-connection': ['log-connection-with-stray-bracket', 'log-connection-names-a-server'],
  'grant-master-account': ['master-without-rights'],
  'set-catalog-properties': ['history-kept-for-ever'],
  'trust-workers': ['worker-trusted-on-one-node'],
  'configure-worker': ['worker-trusts-no-master', 'worker-points-elsewhere'],
  'enable-worker': ['worker-disabled'],
  'install-worker': ['worker-stopped'],
  'create-backup-jobs': ['backup-job-disabled'],
};

/** What a run goes through without a word: a restart that it gives, a primary that it asks for. */
export const BORNE: readonly string[] = [
  'restart-pends',
  'setup-wants-a-restart',
  'failover-by-hand',
  'role-moved',
];
