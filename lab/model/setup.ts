import type { Sealer } from '../sealed.ts';
import type { Estate } from './estate.ts';
import type { Host, Process } from './estate/host.ts';
import { dtsPathKey, installEngine, installIntegrationServices, installMaster } from './installed.ts';
import { installWorker, trustMaster } from './worker-setup.ts';

/** Simulated minutes. Source: domain facts, R6: setup.exe takes 10 to 40. */
export const SETUP_MINUTES = 20;

export interface SetupParameters {
  readonly journal: string;
  readonly media: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

const EXIT = {
  done: 0,
  doneButRestart: 3010,
  restartBlocks: -2067919934,
  nothingToInstall: -2068643838,
  inputRefused: -2068578304,
} as const;
const SUFFIX: Readonly<Record<number, string>> = { 2017: '140', 2019: '150', 2022: '160' };

/** What setup does when it comes to its end: installs, or refuses with its exit code. */
export function setupEffect(sealer: Sealer) {
  return (estate: Estate, host: Host, process: Process, now: number): void => {
    const parameters = process.parameters as SetupParameters;
    const code = endOf(estate, host, parameters, { sealer, now });
    host.files[`C:\\ProgramData\\ssis-ha\\${parameters.journal}\\exit`] = {
      content: String(code),
      residue: true,
    };
  };
}

interface Installing {
  readonly sealer: Sealer;
  readonly now: number;
}

/** Source: domain facts, 2.3, table of exit codes: some of them come with the work done, some without. */
function endOf(estate: Estate, host: Host, parameters: SetupParameters, installing: Installing): number {
  const { setupEnds } = host;
  if (!setupEnds) return install(estate, host, parameters, installing);
  if (setupEnds.installs) install(estate, host, parameters, installing);
  if (setupEnds.restartPends) host.pendingRestart.push('Session Manager\\PendingFileRenameOperations');
  return setupEnds.code;
}

/** Source: domain facts, 2.3, table of exit codes. */
function install(estate: Estate, host: Host, parameters: SetupParameters, installing: Installing): number {
  const { arguments: given, media } = parameters;
  const medium = host.media[media];
  if (host.pendingRestart.length > 0) return EXIT.restartBlocks;
  if (!medium) return EXIT.inputRefused;
  const suffix = SUFFIX[medium.version] ?? '';
  const features = wantedFeatures(host, given, suffix);
  if (features.length === 0) return EXIT.nothingToInstall;
  if (
    !isAccepted(estate, host, parameters, { features, edition: medium.edition, sealer: installing.sealer })
  ) {
    return EXIT.inputRefused;
  }
  const build = buildAfter(host, given, medium.build);
  if (build === null) return EXIT.inputRefused;
  const name = given['INSTANCENAME'] ?? 'MSSQLSERVER';
  if (features.includes('SQLENGINE')) {
    installEngine(host, name, { edition: medium.edition, build }, given, installing.now);
  }
  if (features.includes('IS')) installIntegrationServices(host, suffix, given, installing.now);
  if (features.includes('IS_MASTER'))
    installMaster(estate, host, { instance: name, suffix, build, now: installing.now }, given);
  if (features.includes('IS_WORKER')) {
    installWorker(estate, host, { suffix, build, now: installing.now }, given);
    trustMaster(estate, host, given['ISWORKERSVCCERT']);
  }
  if (!medium.replacesFilesInUse) return EXIT.done;
  host.pendingRestart.push(
    'Session Manager\\PendingFileRenameOperations: C:\\Config.Msi\\1a2b3c.rbf',
    `setup.exe ended with ${EXIT.doneButRestart}: C:\\ProgramData\\ssis-ha\\${parameters.journal}\\exit`,
  );
  return EXIT.doneButRestart;
}

/** Of the features asked for, those that are not there yet: one copy of the shared ones per machine. */
function wantedFeatures(host: Host, given: Readonly<Record<string, string>>, suffix: string): string[] {
  const isThere: Readonly<Record<string, boolean>> = {
    SQLENGINE: host.instances[given['INSTANCENAME'] ?? 'MSSQLSERVER'] !== undefined,
    IS: host.registry[dtsPathKey(suffix)] !== undefined,
    IS_MASTER: host.services[`SSISScaleOutMaster${suffix}`] !== undefined,
    IS_WORKER: host.services[`SSISScaleOutWorker${suffix}`] !== undefined,
  };
  const asked = (given['FEATURES'] ?? '').split(',').map((feature) => feature.trim().toUpperCase());
  return asked.filter((feature) => isThere[feature] === false);
}

interface Asked {
  readonly features: readonly string[];
  readonly edition: string;
  readonly sealer: Sealer;
}

function isAccepted(estate: Estate, host: Host, parameters: SetupParameters, asked: Asked): boolean {
  const { arguments: given } = parameters;
  const { features, edition, sealer } = asked;
  if (given['IACCEPTSQLSERVERLICENSETERMS'] === undefined || given['Q'] === undefined) return false;
  if (!accountsAreGood(estate, host, parameters, sealer)) return false;
  if (features.includes('SQLENGINE') && !engineIsAccepted(given, parameters.secrets)) return false;
  if (!features.includes('IS_MASTER')) return true;
  // Source: *Editions and supported features*: the Master is of the Enterprise edition and its like alone.
  return edition !== 'Standard' && hasMasterCertificate(host, given);
}

/** An engine needs somebody who administers it; mixed mode needs a password for sa. */
function engineIsAccepted(
  given: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
): boolean {
  if ((given['SQLSYSADMINACCOUNTS'] ?? '') === '') return false;
  return given['SECURITYMODE'] !== 'SQL' || secrets['SAPWD'] !== undefined;
}

/** What is installed is slipstreamed to the updates that were named; a folder without any is refused. */
function buildAfter(host: Host, given: Readonly<Record<string, string>>, build: string): string | null {
  if (given['UPDATEENABLED']?.toLowerCase() !== 'true') return build;
  return host.media[given['UPDATESOURCE'] ?? '']?.build ?? null;
}

/** Setup validates every account's password. Source: *Command-line install*, service account parameters. */
function accountsAreGood(
  estate: Estate,
  host: Host,
  { arguments: given, secrets }: SetupParameters,
  sealer: Sealer,
): boolean {
  const pairs = [
    ['SQLSVCACCOUNT', 'SQLSVCPASSWORD'],
    ['AGTSVCACCOUNT', 'AGTSVCPASSWORD'],
    ['ISMASTERSVCACCOUNT', 'ISMASTERSVCPASSWORD'],
    ['ISWORKERSVCACCOUNT', 'ISWORKERSVCPASSWORD'],
  ] as const;
  return pairs.every(([account, password]) => {
    const name = given[account];
    if (name === undefined || /^NT (SERVICE|AUTHORITY)\\/i.test(name)) return true;
    const known = estate.directory.accounts[name.toLowerCase()];
    if (!known || known.disabled || known.notOn?.includes(host.name)) return false;
    if (known.kind === 'gmsa') return secrets[password] === undefined;
    return (
      known.password !== null &&
      secrets[password] !== undefined &&
      sealer.unseal(known.password) === sealer.unseal(secrets[password])
    );
  });
}

function hasMasterCertificate(host: Host, given: Readonly<Record<string, string>>): boolean {
  const thumbprint = given['ISMASTERSVCTHUMBPRINT'];
  return host.certificates.some(
    (certificate) =>
      certificate.store === 'Root' && certificate.thumbprint === thumbprint && certificate.hasPrivateKey,
  );
}
