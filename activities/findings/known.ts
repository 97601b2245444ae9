/** Steps by what they need; of those that the host is part of, the first is named. */
const SETUP = ['install-on-primary', 'install-on-secondary', 'install-worker'];
const ENGINE = ['configure-engine', 'configure-engine-on-secondary'];
const JOIN = ['create-cluster', 'install-worker'];

/**
 * Everything that a preflight may find: how bad it is, the steps that it would break (the first of them that
 * the host is part of), and what to do. Names are a promise: site files accept warnings by them.
 *
 * An error stops a run. A warning is a risk that a person may take, with a reason.
 */
export const FINDINGS = {
  'account-disabled': error(SETUP, 'Have the directory team switch the account on.'),
  'account-missing': error(
    SETUP,
    'Have the directory team make the account, or correct its name in the site file.',
  ),
  'account-not-usable-here': error(
    SETUP,
    'Have the directory team let this machine retrieve the password of the managed account.',
  ),
  'account-of-another-kind': error(SETUP, 'Name an account of the right kind in the site file.'),
  'address-answers': error(['create-cluster'], 'Free the address, or name another in the site file.'),
  'certificate-ends-soon': warning(
    ENGINE,
    'Have a new one issued before it ends, and bind it in a maintenance window.',
  ),
  'certificate-missing': error(
    ENGINE,
    'Have one issued to it by your authority, with both names and for server authentication.',
  ),
  'clock-not-told': error(JOIN, 'Let the machine reach a domain controller.'),
  'clock-skew': error(JOIN, 'Set the clock of the machine by that of its domain (w32tm /resync).'),
  'creation-right-missing': error(
    ['prepare-computer-objects', 'create-cluster'],
    'Have the directory team grant the right to create computer objects there, or have them prestaged.',
  ),
  'drive-full': error(SETUP, 'Free space on the drive, or enlarge it.'),
  'drive-missing': error(SETUP, 'Add the drive, or name another folder in the site file.'),
  'engine-not-running': error(ENGINE, 'Start the engine.'),
  'few-workers': warning(['enable-worker'], 'Add a second worker to the site file.'),
  'foreign-root': error(
    ['trust-workers'],
    'Move it to the intermediate authorities, or set ClientAuthTrustMode to 2 under SCHANNEL.',
  ),
  'log-drive-small': warning(
    ['prepare-ssisdb'],
    'Enlarge the drive, or have the log backed up so often that it cannot grow to that.',
  ),
  'media-missing': error(SETUP, 'Copy the media to that folder on this machine.'),
  'media-of-another-edition': error(SETUP, "Put media of the site's edition into that folder."),
  'media-of-another-version': error(SETUP, "Put media of the site's version into that folder."),
  'name-closed': error(['create-cluster'], 'Have the directory team grant full control of the object.'),
  'name-in-use': error(
    ['create-cluster'],
    'Find out who uses the name; name another in the site file, or have the directory team disable the object.',
  ),
  'name-leads-elsewhere': error(JOIN, 'Correct the DNS record, or the address in the site file.'),
  'name-not-prestaged': error(
    ['create-cluster'],
    'Have the directory team prestage the computer object: disabled, with full control for who takes it.',
  ),
  'no-administrator': error(
    ['install-clustering-feature', 'install-worker'],
    'Make the operator account a local administrator, and start the agent elevated.',
  ),
  'no-server': error(JOIN, 'Use a member server: a domain controller or a client cannot take part.'),
  'no-sysadmin': error(ENGINE, 'Make the operator account a member of sysadmin on the engine.'),
  'other-account': error(
    ['install-clustering-feature', 'install-worker'],
    'Start the agent as the operator account of the site file.',
  ),
  'other-login': error(ENGINE, 'Let the operator account of the site file sign in to the engine.'),
  'outside-domain': error(JOIN, 'Join the machine to the domain, or correct the domain in the site file.'),
  'peer-silent': error(['create-cluster'], 'Open TCP 135 and what else a cluster needs between the two.'),
  'port-taken': error(SETUP, 'Move the other program to another port, or name another in the site file.'),
  'restart-pends': warning(
    SETUP,
    'Restart the machine now, or let the run do it: it asks first, and drains what runs there.',
  ),
  'secret-unreadable': error(SETUP, 'Put the secret where the site file says that it lies.'),
  'share-closed': error(['share-master-certificate'], 'Have the operator given full control of the share.'),
  'share-missing': error(
    ['share-master-certificate'],
    'Have the share made, or correct it in the site file.',
  ),
  'sign-in-by-another-way': error(ENGINE, 'Let the engine accept Windows accounts by NTLM or Kerberos.'),
  'spn-missing': error(
    ['create-listener'],
    'Have a domain administrator register it on the account of the engines.',
  ),
  'spn-twice': error(
    ['create-listener'],
    'Have a domain administrator take it off every account but that of the engines.',
  ),
  'tls-unverified': warning(
    ENGINE,
    'Have certificates issued to the engines, and write tls: { verify: true }.',
  ),
  'rights-taken': error(
    [...SETUP, 'create-role', 'prove-worker'],
    'Have the owner of the group policy add the accounts to these rights, or leave the machine out of it, and run gpupdate there.',
  ),
  'engine-of-another-build': error(
    ['check-nodes-match', 'create-group'],
    'Bring the engine to the build of the others.',
  ),
  'engine-without-scale-out': error(SETUP, 'Upgrade its edition to Enterprise or Developer.'),
  'collation-differs': error(
    ['check-nodes-match', 'create-group'],
    'Name the collation of all engines in the site file, or rebuild the system databases of this one.',
  ),
  'service-of-another-account': error(
    ['check-nodes-match', 'create-listener', 'install-worker'],
    'Let the service run as the account of the site file, or correct it there.',
  ),
  'ssisdb-in-another-group': error(
    ['create-group'],
    'Name that group in the site file, or take SSISDB out of it.',
  ),
  'ssisdb-unusable': error(
    ['create-ssisdb', 'prepare-ssisdb'],
    'Bring the files of SSISDB back, and bring it online.',
  ),
  'ssisdb-left-over': error(
    ['seed-secondary'],
    'Find out whose it is; if nobody needs it, back it up and drop it by hand.',
  ),
  'group-resolving': error(
    ['create-group'],
    'See that the cluster has its quorum, and bring the group online.',
  ),
  'master-key-closed': error(
    ['store-master-key-password'],
    'Open the master key by its password and let the service master key encrypt it again.',
  ),
  'update-missing': error(SETUP, 'Put the one update of the wanted build into that folder.'),
  'update-of-another-build': error(SETUP, 'Put the one update of the wanted build into that folder.'),
  'updates-many': error(SETUP, 'Leave only the update of the wanted build in that folder.'),
  'windows-builds-differ': warning(
    ['validate-nodes', 'create-cluster'],
    'Bring all nodes to one version of Windows before the cluster is made.',
  ),
  'workers-on-nodes': warning(
    ['enable-worker'],
    'Add a worker on a machine that is no node to the site file.',
  ),
} as const satisfies Record<string, KnownFinding>;

export type FindingId = keyof typeof FINDINGS;

function error(breaks: readonly string[], advice: string) {
  return { severity: 'error', breaks, advice } as const;
}

function warning(breaks: readonly string[], advice: string) {
  return { severity: 'warning', breaks, advice } as const;
}

interface KnownFinding {
  readonly severity: 'error' | 'warning';
  /** Ids of steps, the most telling first. */
  readonly breaks: readonly string[];
  /** One imperative sentence. */
  readonly advice: string;
}
