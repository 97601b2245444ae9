import { z } from 'zod';
import { OperatorError } from '../failures.ts';
import type { Ports } from '../ports.ts';
import type { Secret } from '../secret.ts';
import { fullName, versionSuffix, type Site } from '../site.ts';
import { observeRestart, restartNotes, restartObserved } from '../restart/wanted.ts';
import type { ApplyContext, LookContext } from '../step-spec.ts';
import { notDone } from './exit-codes.ts';
import { usableMasterCertificates } from './master-certificate.ts';
import { runSetup, type SetupArgument } from './run-setup.ts';

/** What the steps that install a node have in common: the first node and the others differ in nothing. */
const nodeSetupObserved = z.strictObject({
  engine: z.string().nullable(),
  integrationServices: z.boolean(),
  master: z.string().nullable(),
  ...restartObserved,
});

type NodeSetupObserved = z.output<typeof nodeSetupObserved>;

/** The slice of the site that setup needs; its arguments are made of it on the host. */
function takesNodeSetup(site: Site, host: string) {
  const { product, instance, accounts, operator, scaleOutMaster } = site;
  return {
    host,
    suffix: versionSuffix(site),
    build: product.build,
    media: product.media,
    updates: product.updates,
    productKey: product.productKey,
    instance: instance.name,
    collation: instance.collation,
    directories: instance.directories,
    sysadmins: [...instance.sysadmins, operator.account],
    accounts: {
      engine: accountOf(accounts.engine),
      agent: accountOf(accounts.agent),
      master: accountOf(accounts.master),
    },
    port: scaleOutMaster.port,
    certificateNames: [fullName(scaleOutMaster.name, site), scaleOutMaster.name],
  };
}

type NodeSetupInput = ReturnType<typeof takesNodeSetup>;

function accountOf({ account, password }: { account: string; password?: string | undefined }) {
  return { account, password: password ?? null };
}

async function lookAtNode(
  ports: Ports,
  { instance, suffix }: NodeSetupInput,
  context: LookContext,
): Promise<NodeSetupObserved> {
  const found = await ports.powershell.run('getInstallation', { instance, suffix });
  return {
    engine: found.engine?.version ?? null,
    integrationServices: found.integrationServices,
    master: found.master.hasService ? found.master.version : null,
    ...(await observeRestart(ports, context)),
  };
}

function missingOnNode(
  { engine, integrationServices, master }: NodeSetupObserved,
  input: NodeSetupInput,
): string[] {
  return [
    ...(engine === null ? [`The engine instance ${input.instance} is not installed`] : []),
    ...(integrationServices ? [] : ['Integration Services is not installed']),
    ...(master === null ? [`The service SSISScaleOutMaster${input.suffix} is not installed`] : []),
  ];
}

/** Passwords stand on setup's own command line while it runs: its interface, and a person should know. */
function setupGate(observed: NodeSetupObserved, input: NodeSetupInput): string {
  const named = Object.values(input.accounts).filter(({ password }) => password !== null);
  const passwords =
    named.length === 0
      ? 'No password is needed: all accounts are managed by the directory.'
      : `While setup runs, the passwords of ${named.map(({ account }) => account).join(', ')} stand on its command line, where administrators of ${input.host} can see them.`;
  const engine = observed.engine === null ? '' : ` The engine ${input.instance} that is there is restarted.`;
  return `Install ${featuresFor(observed)} on ${input.host}?${engine} ${passwords}`;
}

/** Runs setup for what is missing. The Master's certificate must lie in Root with its key already. */
async function installNode(
  ports: Ports,
  input: NodeSetupInput,
  context: ApplyContext<NodeSetupObserved>,
): Promise<void> {
  const { before, journal, runId } = context;
  const { accounts } = input;
  refuseOtherBuild(before, input);
  const thumbprint = await masterThumbprint(ports, input.certificateNames);
  const engineIsThere = before.engine !== null;
  const secrets = [
    ...(engineIsThere
      ? []
      : [passwordOf('SQLSVCPASSWORD', accounts.engine), passwordOf('AGTSVCPASSWORD', accounts.agent)]),
    passwordOf('ISMASTERSVCPASSWORD', accounts.master),
    { name: 'PID', reference: input.productKey },
  ];
  const code = await runSetup(ports, {
    host: input.host,
    journal,
    runId,
    media: input.media,
    arguments: [
      ...commonArguments(before, input),
      ...(engineIsThere ? [] : engineArguments(input)),
      ...masterArguments(input, thumbprint),
    ],
    secrets: await resolved(ports, secrets),
  });
  const now = await lookAtNode(ports, input, context);
  const missing = missingOnNode(now, input);
  if (missing.length > 0 && now.restartReasons.length === 0) throw notDone(code, input.host, missing);
}

function featuresFor(observed: NodeSetupObserved): string {
  return observed.engine === null ? 'SQLENGINE,IS,IS_Master' : 'IS,IS_Master';
}

/** Source: *Command-line install*, proper use of setup parameters; *Walkthrough* for the IS parameters. */
function commonArguments(observed: NodeSetupObserved, input: NodeSetupInput): SetupArgument[] {
  return [
    { name: 'Q', values: [] },
    { name: 'IACCEPTSQLSERVERLICENSETERMS', values: [] },
    { name: 'SUPPRESSPRIVACYSTATEMENTNOTICE', values: [] },
    { name: 'ACTION', values: ['Install'] },
    { name: 'FEATURES', values: [featuresFor(observed)] },
    { name: 'INSTANCENAME', values: [input.instance] },
    { name: 'UpdateEnabled', values: ['True'] },
    { name: 'UpdateSource', values: [input.updates] },
    { name: 'ISSVCACCOUNT', values: [`NT Service\\MsDtsServer${input.suffix}`] },
    { name: 'ISSVCSTARTUPTYPE', values: ['Automatic'] },
  ];
}

function engineArguments({ accounts, sysadmins, collation, directories }: NodeSetupInput): SetupArgument[] {
  return [
    { name: 'SQLSYSADMINACCOUNTS', values: sysadmins },
    { name: 'SQLSVCACCOUNT', values: [accounts.engine.account] },
    { name: 'SQLSVCSTARTUPTYPE', values: ['Automatic'] },
    { name: 'AGTSVCACCOUNT', values: [accounts.agent.account] },
    { name: 'AGTSVCSTARTUPTYPE', values: ['Automatic'] },
    { name: 'TCPENABLED', values: ['1'] },
    { name: 'SQLCOLLATION', values: [collation] },
    { name: 'SQLUSERDBDIR', values: [directories.data] },
    { name: 'SQLUSERDBLOGDIR', values: [directories.log] },
    { name: 'SQLTEMPDBDIR', values: [directories.tempdb] },
    { name: 'SQLBACKUPDIR', values: [directories.backup] },
  ];
}

/** Manual: until the role owns it, the Master would only knock at an engine without SSISDB. */
function masterArguments(input: NodeSetupInput, thumbprint: string): SetupArgument[] {
  return [
    { name: 'ISMASTERSVCACCOUNT', values: [input.accounts.master.account] },
    { name: 'ISMASTERSVCSTARTUPTYPE', values: ['Manual'] },
    { name: 'ISMASTERSVCPORT', values: [String(input.port)] },
    { name: 'ISMASTERSVCTHUMBPRINT', values: [thumbprint] },
  ];
}

function passwordOf(name: string, { password }: { readonly password: string | null }) {
  return { name, reference: password };
}

async function resolved(
  { secrets }: Ports,
  wanted: readonly { readonly name: string; readonly reference: string | null }[],
): Promise<{ name: string; value: Secret }[]> {
  const found: { name: string; value: Secret }[] = [];
  for (const { name, reference } of wanted) {
    if (reference !== null) found.push({ name, value: await secrets.resolve(reference) });
  }
  return found;
}

/** The certificate that names the role and lies in Root with its key; setup would refuse any other. */
async function masterThumbprint(ports: Ports, names: readonly string[]): Promise<string> {
  const [thumbprint] = await usableMasterCertificates(ports, names);
  if (thumbprint !== undefined) return thumbprint;
  throw new OperatorError(
    `No certificate of ${names.join(' and ')} with a private key lies in LocalMachine\\Root`,
    'Import it there from the PFX of the site, then retry.',
  );
}

/** Integration Services beside an engine of another build would be a mixture that nobody supports. */
function refuseOtherBuild({ engine }: NodeSetupObserved, { host, instance, build }: NodeSetupInput): void {
  if (engine === null || engine === build) return;
  throw new OperatorError(
    `The engine ${instance} on ${host} is of build ${engine}, the site file says ${build}`,
    `Bring it to ${build}, or name its build and the updates of that build in the site file, then retry.`,
  );
}

/** What the installation of the first node and that of the others share: everything but their place. */
export const nodeSetup = {
  title: 'Install engine, Integration Services and Scale Out Master',
  patience: { applyMinutes: 90, settleMinutes: 10 },
  takes: takesNodeSetup,
  observed: nodeSetupObserved,
  probe: lookAtNode,
  shortfall: missingOnNode,
  notes: restartNotes,
  restartPends: ({ restartReasons }: NodeSetupObserved) => restartReasons.length > 0,
  changesExisting: ({ engine }: NodeSetupObserved) => engine !== null,
  gate: setupGate,
  interrupts: ['engine'],
  apply: installNode,
  undo: {
    kept: 'Uninstalling may take shared features from others and needs restarts: use setup.exe /ACTION=Uninstall by hand.',
    residue: ['engine, Integration Services and Scale Out Master with their services and folders'],
  },
} as const;
