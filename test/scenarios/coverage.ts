/*
 * What can go wrong by the written facts, and where it can be met: the scenarios that show it, a fault of a script,
 * or the reason why no tool sees it.
 */

export interface Covered {
  readonly scenarios?: readonly string[];
  /** A script of the catalogue that a planted fault refuses. */
  readonly fault?: string;
  /** Why no estate and no fault shows it. */
  readonly unseen?: string;
}

/** Section 7 of the facts: the 26 pitfalls, by their numbers. */
export const PITFALLS: Readonly<Record<number, Covered>> = {
  1: {
    scenarios: [
      'log-connection-with-stray-bracket',
      'mixed-mode-off',
      'log-login-of-another-sid',
      'log-login-of-another-password',
      'log-user-without-role',
    ],
  },
  2: {
    scenarios: [
      'master-login-missing',
      'log-login-missing',
      'master-key-password-missing',
      'failover-without-master-key',
      'master-runs-as-another',
    ],
  },
  3: {
    scenarios: [
      'worker-trusted-on-one-node',
      'master-certificate-without-key',
      'master-certificate-lost',
      'binding-lost',
      'firewall-closed-on-one-node',
    ],
  },
  4: { scenarios: ['master-certificate-names-the-listener'] },
  5: { scenarios: ['scale-out-never-enabled', 'settings-name-another-server'] },
  6: { scenarios: ['second-group-on-the-engine'] },
  7: { scenarios: ['group-resolving'] },
  8: { scenarios: ['engine-broken-by-update', 'setup-cannot-start-the-engine', 'engine-of-another-build'] },
  9: { scenarios: ['master-not-beside-the-engine', 'engine-broken-by-update'] },
  10: { scenarios: ['log-of-ssisdb-full'] },
  11: { scenarios: ['worker-disabled', 'worker-stopped', 'service-rights-of-worker-stripped'] },
  12: {
    unseen: 'the noise in the ERRORLOG does no harm, and hold-master-service stops its cause after setup',
  },
  13: { scenarios: ['certificate-of-an-authority-in-root'] },
  14: { scenarios: ['master-runs-as-another', 'engine-account-changed'] },
  15: { scenarios: ['master-starts-by-itself', 'two-masters-run'] },
  16: { scenarios: ['worker-drive-full', 'system-drive-full'] },
  17: { unseen: 'create-listener asks for it on a site of several subnets; sites-of-all-kinds holds that' },
  18: {
    scenarios: [
      'listener-name-missing',
      'listener-name-closed',
      'master-name-closed',
      'computer-objects-denied',
      'computer-quota-used-up',
    ],
  },
  19: { fault: 'newCluster' },
  20: { scenarios: ['setup-blocked-by-a-restart', 'restart-pends'] },
  21: { scenarios: ['packages-go-to-workers-by-default'] },
  22: { unseen: 'what a package needs on a worker only its author knows' },
  23: {
    unseen: 'every statement runs as a Windows account; what a run meets instead is operator-login-missing',
  },
  24: { scenarios: ['worker-cloned'] },
  25: { unseen: 'the certificate is made in My and imported into Root, never made in Root' },
  26: { scenarios: ['cleanup-login-of-another-sid'] },
};

/** R3 of the facts: errors worth classifying. */
export const ERRORS: Readonly<Record<string, Covered>> = {
  '15581': { scenarios: ['failover-without-master-key', 'master-key-password-missing'] },
  '18456 state 5': { scenarios: ['operator-login-missing', 'log-login-missing'] },
  '18456 state 8': { scenarios: ['log-login-of-another-password'] },
  '18456 state 58': { scenarios: ['mixed-mode-off'] },
  '976': { scenarios: ['failover-by-hand', 'data-movement-suspended'] },
  '983': { scenarios: ['group-resolving'] },
  '41142': { scenarios: ['replica-asynchronous', 'data-movement-suspended'] },
  '27123': { unseen: 'every statement runs as a Windows account' },
  '27135': { unseen: 'create-ssisdb looks first, and a catalog that is there is in place' },
  '27193, 27229': { scenarios: ['stale-ssisdb-on-secondary'] },
  '27227, 27228': { scenarios: ['replica-not-registered'] },
  '27243, 27252': { scenarios: ['worker-unknown', 'worker-disabled'] },
  '27260': { scenarios: ['operator-no-sysadmin'] },
  '27261': { scenarios: ['master-not-beside-the-engine'] },
  '10314': { scenarios: ['assembly-not-trusted'] },
  '6522, 6528': { scenarios: ['clr-switched-off'] },
  '945, 912, 3417': { scenarios: ['engine-broken-by-update', 'ssisdb-recovery-pending'] },
  '9002': { scenarios: ['log-of-ssisdb-full'] },
  EndpointNotFoundException: { scenarios: ['role-offline', 'worker-points-elsewhere'] },
  'HTTP 403': { scenarios: ['worker-trusted-on-one-node', 'certificate-of-an-authority-in-root'] },
  'could not establish trust relationship': {
    scenarios: ['worker-trusts-no-master', 'worker-pins-another-certificate'],
  },
  'could not create SSL/TLS secure channel': { scenarios: ['worker-key-unreadable'] },
  'HTTP.SYS': { scenarios: ['binding-lost'] },
  'cannot open certificate store': {
    unseen: 'no store of another machine is opened: certificates travel as files',
  },
};

/** 2.3 of the facts: exit codes of setup. */
export const EXIT_CODES: Readonly<Record<string, Covered>> = {
  '0': { scenarios: ['setup-says-done-and-is-not', 'worker-setup-says-done-and-is-not'] },
  '3010': { scenarios: ['setup-wants-a-restart'] },
  '-2067919934': { scenarios: ['setup-blocked-by-a-restart'] },
  '-2067723326': { scenarios: ['setup-done-but-restart'] },
  '-2067529676': { scenarios: ['setup-finds-windows-too-old'] },
  '-2068643838': { scenarios: ['setup-finds-nothing-to-install'] },
  '-2068578304': { scenarios: ['setup-refuses-an-input', 'master-account-password-changed'] },
  '-2061893606': { scenarios: ['setup-cannot-start-the-engine'] },
  '-2054422494': { scenarios: ['setup-has-its-known-fault'] },
  '1603': { scenarios: ['setup-fails-in-the-installer'] },
  '-1073741818': { scenarios: ['setup-crashes'] },
};

/** The entries under *Failure modes* of section 5, by step. */
export const FAILURE_MODES: Readonly<Record<string, Covered>> = {
  '0: name of the cluster prestaged but enabled': { scenarios: ['cluster-name-enabled'] },
  '0: the unit denies computer objects': { scenarios: ['computer-objects-denied'] },
  '1.1: payload missing': { scenarios: ['feature-payload-missing'] },
  '1.4: no CredSSP': { fault: 'newCluster' },
  '1.4: name of the cluster enabled': { scenarios: ['cluster-name-enabled'] },
  '1.4: address twice': { scenarios: ['cluster-address-taken'] },
  '1.4: DNS refuses the name (1196)': { scenarios: ['name-of-the-master-not-in-dns'] },
  '1.4: virus scanner during the validation': { fault: 'validateNodes' },
  '2.3: pending restart': { scenarios: ['setup-blocked-by-a-restart', 'restart-pends'] },
  '2.3: edition': { scenarios: ['media-of-standard-edition', 'engine-of-standard-edition'] },
  '2.3: account without logon right': { scenarios: ['service-rights-stripped', 'service-logon-denied'] },
  '2.3: wrong password': { scenarios: ['master-account-password-changed'] },
  '2.3: port in use': { scenarios: ['master-port-taken', 'engine-port-taken'] },
  '2.3: certificate absent from Root': { scenarios: ['master-certificate-lost'] },
  '2.3: policy strips rights': { scenarios: ['service-rights-stripped'] },
  '3: certificate without key': { scenarios: ['master-certificate-without-key'] },
  '4.1: node in no cluster': { scenarios: ['node-down'] },
  '4.1: engine started before its node joined': { scenarios: ['always-on-switched-off'] },
  '4.2: port taken': { scenarios: ['endpoint-port-taken'] },
  '4.2: engine account without CONNECT': { scenarios: ['endpoint-closed'] },
  '4.4: seeding stuck': { scenarios: ['copy-left-restoring', 'data-movement-suspended'] },
  '4.4: path missing': { scenarios: ['log-drive-missing'] },
  '4.4: endpoint blocked': { scenarios: ['endpoint-closed', 'endpoint-stopped'] },
  '4.4: database name already present': { scenarios: ['stale-ssisdb-on-secondary'] },
  '4.4: CREATE ANY DATABASE missing': { unseen: 'copies are seeded by backup, which needs no such grant' },
  '4.6: no right to the name': { scenarios: ['listener-name-closed'] },
  '4.6: quota': { scenarios: ['computer-quota-used-up'] },
  '4.6: name taken': { scenarios: ['listener-removed'] },
  '4.6: address in use': { scenarios: ['listener-address-taken'] },
  '4.6: wrong subnet': { unseen: 'the site file is refused: an address outside the subnets of all nodes' },
  '5: no JSON': { scenarios: ['master-settings-broken', 'worker-settings-broken'] },
  '5: backslash alone': { scenarios: ['master-settings-broken'] },
  '5: port missing': { scenarios: ['settings-name-another-server'] },
  '5: file reset by an update': {
    scenarios: ['settings-name-another-server', 'settings-name-another-certificate'],
  },
  '6.1: login does not exist': { scenarios: ['scale-out-never-enabled'] },
  '6.3: no row changed': { scenarios: ['no-row-for-the-log'] },
  '7: no right to the name (1194, 1207)': { scenarios: ['master-name-closed', 'master-name-missing'] },
  '7: name is another one already': { unseen: 'the site file is refused: names must differ' },
  '7: service disabled': { scenarios: ['master-disabled'] },
  '7: service cannot log on on one node': { scenarios: ['master-runs-as-another', 'service-logon-denied'] },
  '7: certificate missing on the node at rest': { scenarios: ['master-certificate-lost'] },
  '7: something starts the service at rest': { scenarios: ['two-masters-run'] },
  '8: no row changed': { scenarios: ['no-row-for-the-address'] },
};
