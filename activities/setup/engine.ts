import { z } from 'zod';
import { OperatorError } from '../failures.ts';
import type { Ports } from '../ports.ts';
import { quiesceCatalog, quiesceOf } from '../quiesce.ts';
import type { FoundCertificate } from '../scripts/lines/certificates.ts';
import type { EngineSettings } from '../scripts/lines/engine.ts';
import { fullName, type Site } from '../site.ts';
import type { ApplyContext } from '../step-spec.ts';

/** What the steps that configure an engine have in common: the first node's and the others' are equal. */
export const engineObserved = z.strictObject({
  /** Thumbprint of the certificate that the engine is to use; null where the machine has none that fits. */
  certificate: z.string().nullable(),
  account: z.string(),
  keyIsReadable: z.boolean(),
  configured: z.strictObject({
    certificate: z.string().nullable(),
    mixedMode: z.boolean(),
    tcpEnabled: z.boolean(),
    tcpPort: z.string(),
    dynamicPorts: z.string(),
  }),
  /** What the running engine goes by; null where it does not run. */
  live: z
    .strictObject({
      mixedMode: z.boolean(),
      listens: z.boolean(),
      certificateIsLoaded: z.boolean().nullable(),
      isPrimary: z.boolean(),
      databases: z.array(z.string()),
    })
    .nullable(),
});

export type EngineObserved = z.output<typeof engineObserved>;

export function takesEngine(site: Site, host: string) {
  const { instance, executionLog, availabilityGroup } = site;
  return {
    ...quiesceOf(site),
    host,
    bindsCertificate: instance.certificate !== undefined,
    names: [fullName(host, site), fullName(availabilityGroup.listener.name, site)],
    mixedMode: executionLog.login === 'sqlLogin' && instance.authentication === 'mixed',
  };
}

export type EngineInput = ReturnType<typeof takesEngine>;

/**
 * Looks through PowerShell alone: until a certificate is bound and a static port is set, no client that
 * verifies could connect and look for itself.
 *
 * Source: *Configure SQL Server Database Engine for encrypting connections*, certificate requirements and the
 * entry that the engine makes in its log; *sys.dm_tcp_listener_states*; *SERVERPROPERTY*.
 */
export async function lookAtEngine(ports: Ports, input: EngineInput): Promise<EngineObserved> {
  const { powershell } = ports;
  const first = await powershell.run('getEngine', { instance: input.instance, certificate: null });
  if (first.engine === null) throw notInstalled(input);
  const fitting = input.bindsCertificate
    ? await fittingCertificate(ports, input.names, first.engine.configured.certificate)
    : null;
  const certificate = fitting?.thumbprint ?? null;
  const { engine } = await powershell.run('getEngine', { instance: input.instance, certificate });
  if (engine === null) throw notInstalled(input);
  const { account, configured, keyIsReadable, live } = engine;
  if (live === null) return { certificate, account, keyIsReadable, configured, live };
  const { ports: listening, ...rest } = live;
  return {
    certificate,
    account,
    keyIsReadable,
    configured,
    live: { ...rest, listens: listening.includes(input.port) },
  };
}

export function missingOnEngine(observed: EngineObserved, input: EngineInput): string[] {
  const { configured, live } = observed;
  return [
    ...(input.bindsCertificate ? missingOfCertificate(observed, input) : []),
    ...(input.mixedMode && !configured.mixedMode ? ['Only Windows logins are configured to be let in'] : []),
    ...(isAtPort(configured, input)
      ? []
      : [
          `No static port ${input.port} is configured, but "${configured.tcpPort || configured.dynamicPorts}"`,
        ]),
    ...(live === null ? [`The engine ${input.instance} does not run`] : missingLive(live, input)),
  ];
}

export function engineGate({ live }: EngineObserved, input: EngineInput): string {
  const used = live?.databases ?? [];
  const others = used.length === 0 ? 'It holds no database of users.' : `It holds ${listed(used)}.`;
  const mode = input.mixedMode ? ' It will let SQL logins in; sa stays as it is.' : '';
  return `Restart the engine ${input.instance} on ${input.host}, once, so that it takes its new settings? ${others}${mode}`;
}

/** Waits for running packages, writes what is missing, then restarts the engine once. */
export async function configureEngine(
  ports: Ports,
  input: EngineInput,
  { before, runId, tries }: ApplyContext<EngineObserved>,
): Promise<void> {
  const { powershell } = ports;
  const { certificate, keyIsReadable, account, configured } = before;
  if (input.bindsCertificate && certificate === null) throw noCertificate(input);
  refuseOnPrimary(before, input);
  await quiesceCatalog(ports, input, { of: `configure engine of ${input.host} ${runId}`, tries });
  if (certificate !== null && !keyIsReadable) {
    await powershell.run('grantKey', { thumbprint: certificate, account });
  }
  await powershell.run('setEngine', {
    instance: input.instance,
    settings: wanted(configured, certificate, input),
  });
  await powershell.run('restartEngine', { instance: input.instance });
}

/** Puts the old settings back and restarts the engine once, unless everything is as it was. */
export async function revertEngine(
  ports: Ports,
  input: EngineInput,
  { before, runId, tries }: ApplyContext<EngineObserved>,
): Promise<void> {
  const { powershell } = ports;
  const now = await lookAtEngine(ports, input);
  refuseOnPrimary(now, input);
  if (!isSame(now.configured, before.configured)) {
    await quiesceCatalog(ports, input, { of: `revert engine of ${input.host} ${runId}`, tries });
    await powershell.run('setEngine', { instance: input.instance, settings: before.configured });
    await powershell.run('restartEngine', { instance: input.instance });
  }
  if (before.certificate !== null && !before.keyIsReadable && now.keyIsReadable) {
    await powershell.run('revokeKey', { thumbprint: before.certificate, account: before.account });
  }
}

/** A restart there would be a failover of SSISDB, or an outage: neither is this step's to begin. */
function refuseOnPrimary({ live }: EngineObserved, { host, instance }: EngineInput): void {
  if (!live?.isPrimary) return;
  throw new OperatorError(
    `SSISDB is primary on ${host}, so its engine ${instance} is not restarted`,
    `Fail the availability group over to another node, then retry.`,
  );
}

function missingOfCertificate(observed: EngineObserved, { names }: EngineInput): string[] {
  const { certificate, configured, keyIsReadable, account, live } = observed;
  if (certificate === null) {
    return [`No certificate in LocalMachine\\My with its key names ${names.join(' and ')} for a server`];
  }
  return [
    ...(configured.certificate === certificate
      ? []
      : [`The certificate ${certificate} is not bound to the engine`]),
    ...(keyIsReadable ? [] : [`${account} may not read the key of ${certificate}`]),
    // Null says that the log of the engine's start is gone: every later step connects only if it is verified.
    ...(live?.certificateIsLoaded === false ? [`The running engine has not loaded ${certificate}`] : []),
  ];
}

function missingLive(live: NonNullable<EngineObserved['live']>, input: EngineInput): string[] {
  return [
    ...(live.listens ? [] : [`The running engine does not listen at port ${input.port}`]),
    ...(input.mixedMode && !live.mixedMode ? ['The running engine lets only Windows logins in'] : []),
  ];
}

function wanted(configured: EngineSettings, certificate: string | null, input: EngineInput): EngineSettings {
  return {
    certificate: certificate ?? configured.certificate,
    mixedMode: configured.mixedMode || input.mixedMode,
    tcpEnabled: true,
    tcpPort: String(input.port),
    dynamicPorts: '',
  };
}

function isAtPort({ tcpEnabled, tcpPort, dynamicPorts }: EngineSettings, { port }: EngineInput): boolean {
  return tcpEnabled && tcpPort === String(port) && dynamicPorts === '';
}

/**
 * The machine's certificate that names all of these, and its end; null without one. The one that is bound
 * already, if it fits, so that nothing changes under a running engine; else the one that lasts longest.
 */
export async function fittingCertificate(
  { powershell, clock }: Ports,
  names: readonly string[],
  bound: string | null,
): Promise<Pick<FoundCertificate, 'thumbprint' | 'notAfterMs'> | null> {
  const [own = ''] = names;
  const { certificates } = await powershell.run('getCertificates', { store: 'My', dnsName: own });
  const now = clock.now().getTime();
  const fitting = certificates
    .filter(
      ({ hasPrivateKey, isForServers, notAfterMs }) => hasPrivateKey && isForServers && notAfterMs > now,
    )
    .filter(({ dnsNames }) => names.every((name) => dnsNames.some((known) => known.toLowerCase() === name)))
    .toSorted((one, other) => other.notAfterMs - one.notAfterMs);
  const kept = fitting.find(({ thumbprint }) => thumbprint === bound);
  const best = kept ?? fitting[0];
  return best ? { thumbprint: best.thumbprint, notAfterMs: best.notAfterMs } : null;
}

function noCertificate(input: EngineInput): OperatorError {
  return new OperatorError(lacksCertificate(input), HAVE_ONE_ISSUED);
}

function notInstalled({ host, instance }: EngineInput): OperatorError {
  return new OperatorError(
    `The engine ${instance} is not installed on ${host}`,
    'Let the step that installs it come first, then retry.',
  );
}

function isSame(one: EngineSettings, other: EngineSettings): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function listed(databases: readonly string[]): string {
  const shown = databases.slice(0, 5).join(', ');
  return databases.length > 5 ? `${shown} and ${databases.length - 5} more databases` : shown;
}

export function lacksCertificate({ host, names }: Pick<EngineInput, 'host' | 'names'>): string {
  return `${host} has no certificate for ${names.join(' and ')} in LocalMachine\\My`;
}

export const HAVE_ONE_ISSUED =
  'Have one issued to it by your authority, with both names and for server authentication, then retry.';
