/** Where each scenario ends, and what the person is told: nothing where the run finds its way by itself. */
export interface Ending {
  /** Found before anything is changed; asked about on the way; mended by a step; or no matter at all. */
  readonly end: 'preflight' | 'asked' | 'mended' | 'borne';
  readonly step: string | null;
  readonly says: string;
}

export const ENDINGS: Readonly<Record<string, Ending>> = {
  'cluster-name-enabled': {
    end: 'preflight',
    step: 'check-names',
    says: 'The computer object SSIS-CLUSTER is enabled: somebody uses the name',
  },
  'cluster-name-missing': {
    end: 'preflight',
    step: 'check-names',
    says: 'The computer object SSIS-CLUSTER is not prestaged',
  },
  'cluster-name-closed': {
    end: 'preflight',
    step: 'check-names',
    says: 'LAB\\svc-runbook has no full control of the computer object SSIS-CLUSTER',
  },
  'listener-name-closed': {
    end: 'preflight',
    step: 'check-names',
    says: 'LAB\\SSIS-CLUSTER$ has no full control of the computer object SSISDB-AG',
  },
  'master-name-closed': {
    end: 'preflight',
    step: 'check-names',
    says: 'LAB\\SSIS-CLUSTER$ has no full control of the computer object SSIS-MASTER',
  },
  'master-name-enabled': {
    end: 'preflight',
    step: 'check-names',
    says: 'The computer object SSIS-MASTER is enabled: somebody uses the name',
  },
  'listener-name-missing': {
    end: 'preflight',
    step: 'check-names',
    says: 'The computer object SSISDB-AG is not prestaged',
  },
  'cluster-name-leads-elsewhere': {
    end: 'preflight',
    step: 'check-names',
    says: 'SSIS-CLUSTER resolves to 203.0.113.7, not to 10.10.0.20',
  },
  'master-name-leads-elsewhere': {
    end: 'preflight',
    step: 'check-names',
    says: 'SSIS-MASTER resolves to 203.0.113.8, not to 10.10.0.22',
  },
  'cluster-address-taken': {
    end: 'preflight',
    step: 'check-names',
    says: 'Something answers at 10.10.0.20, which is meant for SSIS-CLUSTER',
  },
  'listener-address-taken': {
    end: 'preflight',
    step: 'check-names',
    says: 'Something answers at 10.10.0.21, which is meant for SSISDB-AG',
  },
  'master-address-taken': {
    end: 'preflight',
    step: 'check-names',
    says: 'Something answers at 10.10.0.22, which is meant for SSIS-MASTER',
  },
  'listener-spn-missing': {
    end: 'preflight',
    step: 'check-spns',
    says: 'MSSQLSvc/ssisdb-ag.lab.example:1433 is not registered on LAB\\svc-engine',
  },
  'spn-twice': {
    end: 'preflight',
    step: 'check-spns',
    says: 'is registered on svc-legacy too',
  },
  'engine-account-missing': {
    end: 'preflight',
    step: 'check-accounts',
    says: 'The directory knows no LAB\\svc-engine',
  },
  'agent-account-disabled': {
    end: 'preflight',
    step: 'check-accounts',
    says: 'LAB\\svc-agent is switched off',
  },
  'master-account-password-changed': {
    end: 'asked',
    step: 'install-on-primary',
    says: 'Setup on NODE-A ended with -2068578304 (0x84B40000): an input was refused, or the media',
  },
  'worker-account-not-here': {
    end: 'preflight',
    step: 'check-accounts',
    says: 'WORKER-2 may not use LAB\\gmsa-worker$',
  },
  'administrators-group-missing': {
    end: 'preflight',
    step: 'check-accounts',
    says: 'The directory knows no LAB\\sql-admins',
  },
  'witness-share-closed': {
    end: 'asked',
    step: 'set-witness',
    says: 'setWitness on NODE-A: LAB\\SSIS-CLUSTER$ has no full control of \\\\fs1.lab.example\\witness$',
  },
  'witness-share-missing': {
    end: 'preflight',
    step: 'check-shares',
    says: 'NODE-A does not find \\\\fs1.lab.example\\witness$',
  },
  'seed-share-closed': {
    end: 'preflight',
    step: 'check-shares',
    says: '\\\\fs1.lab.example\\seed$ is closed to the operator on NODE-A',
  },
  'exchange-share-missing': {
    end: 'preflight',
    step: 'check-shares',
    says: 'NODE-A does not find \\\\fs1.lab.example\\exchange$',
  },
  'key-share-closed': {
    end: 'preflight',
    step: 'check-shares',
    says: '\\\\fs1.lab.example\\keys$ is closed to the operator on NODE-A',
  },
  'node-in-no-domain': {
    end: 'preflight',
    step: 'check-host',
    says: 'NODE-B is in no domain, not in lab.example; lab.example did not tell NODE-B its time',
  },
  'worker-in-no-domain': {
    end: 'preflight',
    step: 'check-host',
    says: 'WORKER-2 is in no domain, not in lab.example; lab.example did not tell WORKER-2 its time',
  },
  'operator-no-administrator': {
    end: 'preflight',
    step: 'check-host',
    says: 'LAB\\svc-runbook is no administrator of NODE-B, or not elevated',
  },
  'operator-no-administrator-of-worker': {
    end: 'preflight',
    step: 'check-host',
    says: 'LAB\\svc-runbook is no administrator of WORKER-2, or not elevated',
  },
  'clock-skew': {
    end: 'preflight',
    step: 'check-host',
    says: 'The clock of NODE-B is 6 minutes off that of lab.example',
  },
  'system-drive-full': {
    end: 'preflight',
    step: 'check-host',
    says: 'C: of NODE-A has 2 GB free, 6 are needed',
  },
  'worker-drive-full': {
    end: 'preflight',
    step: 'check-host',
    says: 'C: of WORKER-2 has 2 GB free, 6 are needed',
  },
  'log-drive-missing': { end: 'preflight', step: 'check-host', says: 'NODE-B has no drive F:' },
  'node-name-leads-elsewhere': {
    end: 'preflight',
    step: 'check-host',
    says: 'node-b.lab.example resolves to 203.0.113.9, not to 10.10.0.12; node-b.lab.example does',
  },
  'restart-pends': { end: 'mended', step: null, says: '' },
  'setup-wants-a-restart': { end: 'mended', step: null, says: '' },
  'media-missing': {
    end: 'preflight',
    step: 'check-media',
    says: 'D:\\Media\\SQL2022\\setup.exe is not there',
  },
  'worker-media-missing': {
    end: 'preflight',
    step: 'check-media',
    says: 'D:\\Media\\SQL2022\\setup.exe is not there',
  },
  'updates-missing': {
    end: 'preflight',
    step: 'check-media',
    says: 'D:\\Media\\SQL2022\\Updates holds no update',
  },
  'media-of-another-version': {
    end: 'preflight',
    step: 'check-media',
    says: 'D:\\Media\\SQL2022 holds version 0.0.1000.6, not 16.x;',
  },
  'media-of-standard-edition': {
    end: 'preflight',
    step: 'check-media',
    says: 'D:\\Media\\SQL2022 brings a product key, the site wants Developer',
  },
  'update-of-another-build': {
    end: 'preflight',
    step: 'check-media',
    says: 'D:\\Media\\SQL2022\\Updates\\SQLServer2022-x64.exe is build 16.0.4165.1, not 16.0.4165.4',
  },
  'master-port-taken': {
    end: 'preflight',
    step: 'check-ports',
    says: 'Port 8391 of NODE-B is held by httpd',
  },
  'engine-port-taken': {
    end: 'preflight',
    step: 'check-ports',
    says: 'Port 1433 of NODE-A is held by legacy',
  },
  'endpoint-port-taken': {
    end: 'preflight',
    step: 'check-ports',
    says: 'Port 5022 of NODE-B is held by backup-agent',
  },
  'engine-certificate-missing': {
    end: 'preflight',
    step: 'check-certificates',
    says: 'NODE-B has no certificate for node-b.lab.example and ssisdb-ag.lab.example in',
  },
  'engine-certificate-without-listener': {
    end: 'preflight',
    step: 'check-certificates',
    says: 'NODE-B has no certificate for node-b.lab.example and ssisdb-ag.lab.example in',
  },
  'engine-certificate-expired': {
    end: 'preflight',
    step: 'check-certificates',
    says: 'NODE-B has no certificate for node-b.lab.example and ssisdb-ag.lab.example in',
  },
  'master-starts-by-itself': { end: 'mended', step: 'hold-master-service', says: '' },
  'master-disabled': { end: 'mended', step: 'hold-master-service', says: '' },
  'master-certificate-lost': { end: 'mended', step: 'import-master-certificate', says: '' },
  'master-certificate-without-key': { end: 'mended', step: 'import-master-certificate', says: '' },
  'master-certificate-expired': {
    end: 'asked',
    step: 'create-master-certificate',
    says: 'Half of the certificate of ssis-master.lab.example is there: in Root none with its key that has not run out',
  },
  'certificate-of-an-authority-in-root': {
    end: 'preflight',
    step: 'check-trusted-roots',
    says: 'CN=legacy.app (',
  },
  'binding-lost': {
    end: 'asked',
    step: 'check-master-settings-agree',
    says: 'Port 8391 of NODE-B is bound to the certificate none, not',
  },
  'settings-name-another-server': { end: 'mended', step: 'point-master-at-listener', says: '' },
  'settings-name-another-certificate': {
    end: 'asked',
    step: 'check-master-settings-agree',
    says: 'The Master on NODE-B is set to the certificate',
  },
  'firewall-closed-on-one-node': { end: 'mended', step: 'open-firewall', says: '' },
  'log-login-missing': { end: 'mended', step: 'match-log-login', says: '' },
  'log-login-of-another-sid': { end: 'mended', step: 'match-log-login', says: '' },
  'log-login-of-another-password': { end: 'mended', step: 'match-log-login', says: '' },
  'log-login-disabled': { end: 'mended', step: 'set-log-password', says: '' },
  'mixed-mode-off': { end: 'mended', step: 'configure-engine-on-secondary', says: '' },
  'master-login-missing': { end: 'mended', step: 'create-master-login', says: '' },
  'master-key-password-missing': { end: 'mended', step: 'store-master-key-password', says: '' },
  'agent-stopped': { end: 'mended', step: 'create-failover-monitor-job', says: '' },
  'cleanup-login-of-another-sid': { end: 'mended', step: 'match-server-objects', says: '' },
  'failover-monitor-missing': { end: 'mended', step: 'create-failover-monitor-job', says: '' },
  'endpoint-stopped': { end: 'mended', step: 'create-endpoint', says: '' },
  'endpoint-closed': { end: 'mended', step: 'create-endpoint', says: '' },
  'engine-stopped': {
    end: 'preflight',
    step: 'check-sign-in',
    says: 'The engine MSSQLSERVER on NODE-B is not running',
  },
  'memory-without-limit': { end: 'mended', step: 'set-server-memory', says: '' },
  'witness-lost': { end: 'mended', step: 'set-witness', says: '' },
  'data-movement-suspended': {
    end: 'asked',
    step: 'seed-secondary',
    says: 'The movement of data to the copy of SSISDB on NODE-B is suspended',
  },
  'replica-asynchronous': { end: 'mended', step: 'create-group', says: '' },
  'failover-by-hand': { end: 'borne', step: null, says: '' },
  'role-moved': { end: 'borne', step: null, says: '' },
  'owners-of-role-changed': { end: 'mended', step: 'tune-role', says: '' },
  'address-of-the-master-old': { end: 'mended', step: 'set-master-address', says: '' },
  'log-connection-with-stray-bracket': { end: 'mended', step: 'set-log-connection', says: '' },
  'log-connection-names-a-server': { end: 'mended', step: 'set-log-connection', says: '' },
  'master-without-rights': { end: 'mended', step: 'grant-master-account', says: '' },
  'packages-go-to-workers-by-default': {
    end: 'asked',
    step: 'check-execution-mode',
    says: 'DEFAULT_EXECUTION_MODE is 1, the site file says 0',
  },
  'history-kept-for-ever': { end: 'mended', step: 'set-catalog-properties', says: '' },
  'worker-trusted-on-one-node': { end: 'mended', step: 'trust-workers', says: '' },
  'worker-trusts-no-master': { end: 'mended', step: 'configure-worker', says: '' },
  'worker-disabled': { end: 'mended', step: 'enable-worker', says: '' },
  'worker-points-elsewhere': { end: 'mended', step: 'configure-worker', says: '' },
  'worker-stopped': { end: 'mended', step: 'install-worker', says: '' },
  'worker-certificate-lost': {
    end: 'asked',
    step: 'install-worker',
    says: 'WorkerSettings.config on WORKER-2 names the certificate',
  },
  'backup-job-disabled': { end: 'mended', step: 'create-backup-jobs', says: '' },
};
