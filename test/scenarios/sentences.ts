/** What a person is told first, by scenario; of a long sentence the part that names the thing and its value. */
export const SENTENCES: Readonly<Record<string, string>> = {
  'role-under-another-name': 'The Master is clustered as OLD-MASTER, not as SSIS-MASTER',
  'role-at-another-address': 'The role SSIS-MASTER lacks the address 10.10.0.22: it has 10.10.0.99',
  'group-under-another-name': 'SSISDB on NODE-A belongs to the availability group AG_OTHER, not to AG_SSISDB',
  'endpoint-at-another-port': 'The replica of AG_SSISDB on NODE-B is not connected to the primary',
  'listener-leads-elsewhere': 'SSISDB-AG resolves to 203.0.113.10, not to 10.10.0.21',
  'master-login-disabled': 'The login LAB\\svc-master on NODE-B is disabled',
  'witness-share-closed-later': 'has no full control of \\\\fs1.lab.example\\witness$',
  'spns-on-the-old-account': 'is registered on svc-old and not on LAB\\svc-engine',
  'master-key-password-unknown': 'file:secrets/catalog-key does not open the master key of SSISDB',
  'worker-account-changed':
    'SSISScaleOutWorker160 on WORKER-2 runs as LAB\\svc-old, not as LAB\\gmsa-worker$',
  'worker-without-an-id': 'WorkerSettings.config on WORKER-2 holds no AgentId',
  'master-name-missing': 'The computer object SSIS-MASTER is not prestaged',
  'computer-objects-denied': 'LAB\\svc-runbook may not create computer objects in OU=',
  'computer-quota-used-up': 'LAB\\svc-runbook may not create computer objects in OU=',
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
  'listener-spn-missing': 'MSSQLSvc/ssisdb-ag.lab.example:1433 is not registered on LAB\\svc-engine',
  'spn-twice': 'is registered on svc-legacy too',
  'engine-account-missing': 'The directory knows no LAB\\svc-engine',
  'agent-account-disabled': 'LAB\\svc-agent is switched off',
  'master-account-password-changed':
    'Setup on NODE-A ended with -2068578304 (0x84B40000): an input was refused, or the media',
  'worker-account-not-here': 'WORKER-2 may not use LAB\\gmsa-worker$',
  'administrators-group-missing': 'The directory knows no LAB\\sql-admins',
  'witness-share-closed':
    'setWitness on NODE-A: LAB\\SSIS-CLUSTER$ has no full control of \\\\fs1.lab.example\\witness$',
  'witness-share-missing': 'NODE-A does not find \\\\fs1.lab.example\\witness$',
  'seed-share-closed': '\\\\fs1.lab.example\\seed$ is closed to the operator on NODE-A',
  'exchange-share-missing': 'NODE-A does not find \\\\fs1.lab.example\\exchange$',
  'key-share-closed': '\\\\fs1.lab.example\\keys$ is closed to the operator on NODE-A',
  'node-in-no-domain': 'NODE-B is in no domain, not in lab.example; lab.example did not tell NODE-B its time',
  'worker-in-no-domain':
    'WORKER-2 is in no domain, not in lab.example; lab.example did not tell WORKER-2 its time',
  'operator-no-administrator': 'LAB\\svc-runbook is no administrator of NODE-B, or not elevated',
  'operator-no-administrator-of-worker': 'LAB\\svc-runbook is no administrator of WORKER-2, or not elevated',
  'clock-skew': 'The clock of NODE-B is 6 minutes off that of lab.example',
  'system-drive-full': 'C: of NODE-A has 2 GB free, 6 are needed',
  'worker-drive-full': 'C: of WORKER-2 has 2 GB free, 6 are needed',
  'log-drive-missing': 'NODE-B has no drive F:',
  'node-name-leads-elsewhere':
    'node-b.lab.example resolves to 203.0.113.9, not to 10.10.0.12; node-b.lab.example does',
  'media-missing': 'D:\\Media\\SQL2022\\setup.exe is not there',
  'worker-media-missing': 'D:\\Media\\SQL2022\\setup.exe is not there',
  'updates-missing': 'D:\\Media\\SQL2022\\Updates holds no update',
  'media-of-another-version': 'D:\\Media\\SQL2022 holds version 13.0.1000.6, not 16.x',
  'media-of-standard-edition': 'D:\\Media\\SQL2022 brings a product key, the site wants Developer',
  'update-of-another-build':
    'D:\\Media\\SQL2022\\Updates\\SQLServer2022-x64.exe is build 16.0.4165.1, not 16.0.4165.4',
  'master-port-taken': 'Port 8391 of NODE-B is held by httpd',
  'engine-port-taken': 'Port 1433 of NODE-A is held by legacy',
  'endpoint-port-taken': 'Port 5022 of NODE-B is held by backup-agent',
  'engine-certificate-missing':
    'NODE-B has no certificate for node-b.lab.example and ssisdb-ag.lab.example in',
  'engine-certificate-without-listener':
    'NODE-B has no certificate for node-b.lab.example and ssisdb-ag.lab.example in',
  'engine-certificate-expired':
    'NODE-B has no certificate for node-b.lab.example and ssisdb-ag.lab.example in',
  'service-rights-stripped':
    'A group policy defines SeServiceLogonRight on NODE-B without LAB\\svc-engine, LAB\\svc-agent, LAB\\svc-master',
  'service-rights-of-worker-stripped':
    'A group policy defines SeAssignPrimaryTokenPrivilege on WORKER-2 without LAB\\gmsa-worker$',
  'service-logon-denied': 'A group policy gives SeDenyServiceLogonRight to LAB\\svc-master on NODE-B',
  'windows-builds-differ': 'System Configuration - Validate Operating System Version: 20348.2700, 17763.6532',
  'feature-payload-missing':
    'installWindowsFeature on NODE-B: The request to add or remove features failed: the source files could not be f',
  'rpc-closed-on-one-node': 'node-b.lab.example does not answer NODE-A on TCP 135',
  'name-of-a-node-not-in-dns': 'node-b.lab.example resolves to nothing, not to 10.10.0.12',
  'setup-blocked-by-a-restart':
    'Setup on NODE-A ended with -2067919934 (0x84BE0BC2), and yet something is missing: The engine instance MSSQLSE',
  'setup-finds-windows-too-old':
    'Setup on NODE-A ended with -2067529676 (0x84C40034): the operating system or a prerequisite is too old',
  'setup-finds-nothing-to-install':
    'Setup on NODE-A ended with -2068643838 (0x84B30002): it found no feature to install',
  'setup-refuses-an-input':
    'Setup on NODE-A ended with -2068578304 (0x84B40000): an input was refused, or the media cannot be read',
  'setup-cannot-start-the-engine':
    'Setup on NODE-A ended with -2061893606 (0x851A001A): the engine did not start',
  'setup-has-its-known-fault':
    'Setup on NODE-A ended with -2054422494 (0x858C0022): a known fault that does not come again',
  'setup-fails-in-the-installer':
    'Setup on NODE-A ended with 1603 (0x00000643): the Windows Installer failed',
  'setup-crashes': 'Setup on NODE-A ended with -1073741818 (0xC0000006): setup crashed',
  'setup-says-done-and-is-not':
    'Setup on NODE-A ended with 0, and yet something is missing: The engine instance MSSQLSERVER is not installed; ',
  'worker-setup-says-done-and-is-not':
    'Setup on WORKER-2 ended with 0, and yet something is missing: The service SSISScaleOutWorker160 is not install',
  'master-certificate-expired':
    'Half of the certificate of ssis-master.lab.example is there: in Root none with its key that has not run out',
  'certificate-of-an-authority-in-root': 'CN=legacy.app (',
  'binding-lost': 'Port 8391 of NODE-B is bound to the certificate none, not',
  'settings-name-another-certificate': 'The Master on NODE-B is set to the certificate',
  'engine-stopped': 'The engine MSSQLSERVER on NODE-B is not running',
  'data-movement-suspended': 'The movement of data to the copy of SSISDB on NODE-B is suspended',
  'packages-go-to-workers-by-default': 'DEFAULT_EXECUTION_MODE is 1, the site file says 0',
  'worker-certificate-lost': 'WorkerSettings.config on WORKER-2 names the certificate',
  'stale-ssisdb-on-secondary': 'NODE-B has an SSISDB of its own (ONLINE), which is no member of AG_SSISDB',
  'copy-left-restoring': 'NODE-B has an SSISDB of its own (RESTORING), which is no member of AG_SSISDB',
  'ssisdb-recovery-pending': 'SSISDB on NODE-B is RECOVERY_PENDING',
  'group-resolving': 'The availability group AG_SSISDB is resolving on NODE-A: it has no primary',
  'failover-without-master-key': 'SSISDB is primary on NODE-B, which cannot open its master key (15581)',
  'listener-removed': 'The computer object SSISDB-AG is enabled: somebody uses the name',
  'engine-account-changed': 'MSSQLSERVER on NODE-B runs as LAB\\svc-engine-2, not as LAB\\svc-engine',
  'no-row-for-the-address':
    'SSISDB has no row for the address of the Master, and the product changes only rows that are there',
  'no-row-for-the-log':
    'SSISDB has no rows for the log connection, and the product changes only rows that are there',
  'log-of-ssisdb-full':
    "startProof on node-a.lab.example: The transaction log for database 'SSISDB' is full due to 'LOG_BACKUP'. (erro",
  'operator-no-sysadmin': 'LAB\\svc-runbook is no sysadmin on NODE-B',
  'operator-login-missing': "getEngine on NODE-B: Login failed for user 'LAB\\svc-runbook'.",
  'engine-of-another-build': 'The engine MSSQLSERVER on NODE-B is of build 16.0.4165.9, not 16.0.4165.4',
  'engine-of-standard-edition':
    'The engine MSSQLSERVER on NODE-B is Standard Edition (64-bit), which has no Scale Out Master',
  'collation-differs':
    'The collation of the engine MSSQLSERVER on NODE-B is Japanese_CI_AS, not Latin1_General_CI_AS',
  'engine-broken-by-update': 'The engine MSSQLSERVER on NODE-B is not running',
  'role-removed': 'The computer object SSIS-MASTER is enabled: somebody uses the name',
  'master-runs-as-another': 'SSISScaleOutMaster160 on NODE-B runs as LAB\\svc-old, not as LAB\\svc-master',
  'role-on-a-paused-node': 'Not all nodes of the cluster SSIS-CLUSTER are up: NODE-A is Paused',
  'node-down': 'Not all nodes of the cluster SSIS-CLUSTER are up: NODE-B is Down',
  'name-of-the-master-not-in-dns': 'DNS leads ssis-master.lab.example to nothing, not to 10.10.0.22',
  'worker-cloned': 'The workers on WORKER-2 and WORKER-1 have the same AgentId',
  'worker-certificate-expired': 'of the worker on WORKER-2 has run out on 2020-01-01',
  'worker-settings-broken': 'WorkerSettings.config on WORKER-2 is missing or holds no JSON',
  'master-settings-broken':
    'C:\\Program Files\\Microsoft SQL Server\\160\\DTS\\Binn\\MasterSettings.config is no JSON object with a text SqlServ',
  'master-certificate-names-the-listener':
    'Half of the certificate of ssis-master.lab.example is there: in Root none with its key that has not run out, P',
};
