/*
 * Where a run meets each scenario. One table, so that whoever practises may look it up and the tests can hold it.
 */

/** How a scenario ends, and the step that finds or mends it; null where nobody is troubled. */
export interface Ending {
  readonly kind: 'found-at-the-start' | 'asked-about' | 'shown-at-a-gate' | 'mended' | 'borne';
  readonly where: string | null;
}

type ByStep = Readonly<Record<string, readonly string[]>>;

/** Found before anything is changed, by these steps of the preflight. */
export const FOUND_AT_THE_START: ByStep = {
  'check-names': [
    'cluster-name-enabled',
    'cluster-name-missing',
    'cluster-name-closed',
    'listener-name-closed',
    'master-name-closed',
    'master-name-enabled',
    'listener-name-missing',
    'master-name-missing',
    'computer-objects-denied',
    'computer-quota-used-up',
    'cluster-name-leads-elsewhere',
    'master-name-leads-elsewhere',
    'cluster-address-taken',
    'listener-address-taken',
    'master-address-taken',
    'listener-removed',
    'role-removed',
    'listener-leads-elsewhere',
  ],
  'check-spns': ['listener-spn-missing', 'spn-twice', 'spns-on-the-old-account'],
  'check-accounts': [
    'engine-account-missing',
    'agent-account-disabled',
    'worker-account-not-here',
    'administrators-group-missing',
  ],
  'check-shares': [
    'witness-share-missing',
    'seed-share-closed',
    'exchange-share-missing',
    'key-share-closed',
  ],
  'check-host': [
    'node-in-no-domain',
    'worker-in-no-domain',
    'operator-no-administrator',
    'operator-no-administrator-of-worker',
    'clock-skew',
    'system-drive-full',
    'worker-drive-full',
    'log-drive-missing',
    'node-name-leads-elsewhere',
    'rpc-closed-on-one-node',
    'name-of-a-node-not-in-dns',
  ],
  'check-media': [
    'media-missing',
    'worker-media-missing',
    'updates-missing',
    'media-of-another-version',
    'media-of-standard-edition',
    'update-of-another-build',
  ],
  'check-ports': ['master-port-taken', 'engine-port-taken', 'endpoint-port-taken'],
  'check-certificates': [
    'engine-certificate-missing',
    'engine-certificate-without-listener',
    'engine-certificate-expired',
  ],
  'check-rights': ['service-rights-stripped', 'service-rights-of-worker-stripped', 'service-logon-denied'],
  'check-trusted-roots': ['certificate-of-an-authority-in-root'],
  'check-sign-in': [
    'engine-stopped',
    'operator-no-sysadmin',
    'operator-login-missing',
    'engine-broken-by-update',
  ],
  'check-installed': [
    'stale-ssisdb-on-secondary',
    'copy-left-restoring',
    'ssisdb-recovery-pending',
    'group-resolving',
    'failover-without-master-key',
    'engine-account-changed',
    'engine-of-another-build',
    'engine-of-standard-edition',
    'collation-differs',
    'master-runs-as-another',
    'group-under-another-name',
    'worker-account-changed',
  ],
};

/** Told by a later step, which carries on once the cause is removed. */
export const ASKED_ABOUT: ByStep = {
  'install-on-primary': [
    'master-account-password-changed',
    'setup-blocked-by-a-restart',
    'setup-finds-windows-too-old',
    'setup-finds-nothing-to-install',
    'setup-refuses-an-input',
    'setup-cannot-start-the-engine',
    'setup-has-its-known-fault',
    'setup-fails-in-the-installer',
    'setup-crashes',
    'setup-says-done-and-is-not',
  ],
  'set-witness': ['witness-share-closed', 'witness-share-closed-later'],
  'create-cluster': ['role-on-a-paused-node', 'node-down'],
  'install-clustering-feature': ['feature-payload-missing'],
  'install-worker': [
    'worker-setup-says-done-and-is-not',
    'worker-certificate-lost',
    'worker-certificate-expired',
    'worker-settings-broken',
  ],
  'create-master-certificate': ['master-certificate-expired', 'master-certificate-names-the-listener'],
  'check-master-settings-agree': ['binding-lost', 'settings-name-another-certificate'],
  'seed-secondary': ['data-movement-suspended', 'endpoint-at-another-port'],
  'check-execution-mode': ['packages-go-to-workers-by-default'],
  'set-master-address': ['no-row-for-the-address'],
  'set-log-connection': ['no-row-for-the-log'],
  'prove-worker': ['log-of-ssisdb-full'],
  'create-role': ['name-of-the-master-not-in-dns', 'role-under-another-name', 'role-at-another-address'],
  'create-master-login': ['master-login-disabled'],
  'prove-master-key-password': ['master-key-password-unknown'],
  'enable-worker': ['worker-cloned', 'worker-without-an-id'],
  'point-master-at-listener': ['master-settings-broken'],
};

/** Shown in the question that a step asks before it changes anything. */
export const SHOWN_AT_A_GATE: ByStep = {
  'create-cluster': ['windows-builds-differ'],
};

/** Mended by these steps themselves. */
export const MENDED: ByStep = {
  'hold-master-service': ['master-starts-by-itself', 'master-disabled', 'two-masters-run'],
  'import-master-certificate': ['master-certificate-lost', 'master-certificate-without-key'],
  'point-master-at-listener': ['settings-name-another-server'],
  'open-firewall': ['firewall-closed-on-one-node'],
  'match-log-login': ['log-login-missing', 'log-login-of-another-sid', 'log-login-of-another-password'],
  'set-log-password': ['log-login-disabled', 'log-user-without-role'],
  'configure-engine-on-secondary': ['mixed-mode-off'],
  'create-master-login': ['master-login-missing'],
  'store-master-key-password': ['master-key-password-missing'],
  'create-failover-monitor-job': ['agent-stopped', 'failover-monitor-missing'],
  'match-server-objects': [
    'cleanup-login-of-another-sid',
    'assembly-not-trusted',
    'clr-switched-off',
    'startup-procedure-missing',
  ],
  'create-endpoint': ['endpoint-stopped', 'endpoint-closed'],
  'set-server-memory': ['memory-without-limit'],
  'set-witness': ['witness-lost'],
  'create-group': ['replica-asynchronous', 'replica-not-joined'],
  'tune-role': ['owners-of-role-changed'],
  'set-master-address': ['address-of-the-master-old'],
  'set-log-connection': ['log-connection-with-stray-bracket', 'log-connection-names-a-server'],
  'grant-master-account': ['master-without-rights'],
  'set-catalog-properties': ['history-kept-for-ever'],
  'trust-workers': ['worker-trusted-on-one-node'],
  'configure-worker': [
    'worker-trusts-no-master',
    'worker-points-elsewhere',
    'worker-key-unreadable',
    'worker-pins-another-certificate',
  ],
  'enable-worker': ['worker-disabled', 'worker-unknown'],
  'install-worker': ['worker-stopped'],
  'create-backup-jobs': ['backup-job-disabled'],
  'create-listener': ['listener-at-another-port'],
  'enable-always-on-support': ['replica-not-registered'],
  'enable-always-on': ['always-on-switched-off'],
  'enable-scale-out': ['scale-out-never-enabled'],
  'install-on-secondary': ['master-not-beside-the-engine'],
  'create-role': ['role-offline'],
};

/** Gone through without a word: a restart that the run gives, a primary that it asks for, what is none of its business. */
export const BORNE: readonly string[] = [
  'everything-in-german',
  'restart-pends',
  'setup-wants-a-restart',
  'setup-done-but-restart',
  'failover-by-hand',
  'role-moved',
  'second-group-on-the-engine',
];

/** The ending of a scenario. Throws a RangeError where the table has none. */
export function endingOf(name: string): Ending {
  const found = TABLES.flatMap(([kind, byStep]) =>
    Object.entries(byStep).flatMap(([where, names]) => (names.includes(name) ? [{ kind, where }] : [])),
  )[0];
  if (found) return found;
  if (BORNE.includes(name)) return { kind: 'borne', where: null };
  throw new RangeError(`The scenario ${name} has no ending`);
}

const TABLES: readonly (readonly [Exclude<Ending['kind'], 'borne'>, ByStep])[] = [
  ['found-at-the-start', FOUND_AT_THE_START],
  ['asked-about', ASKED_ABOUT],
  ['shown-at-a-gate', SHOWN_AT_A_GATE],
  ['mended', MENDED],
];
