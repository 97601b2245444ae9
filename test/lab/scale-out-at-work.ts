import type { Site } from '../../activities/site.ts';
import type { Certificate, Host } from '../../lab/model/estate/host.ts';
import type { InProcessLab } from './in-process.ts';

const MASTER_THUMBPRINT = 'A'.repeat(40);
const FOLDER = 'C:\\Program Files\\Microsoft SQL Server\\160\\DTS\\Binn';

/** Its certificate, bound to its port, and its settings, which lead to the listener. */
export function setUpMaster({ site }: InProcessLab, host: Host): void {
  const { port } = site.scaleOutMaster;
  host.certificates.push(certificate('Root', MASTER_THUMBPRINT, roleName(site), []));
  host.certificates.push(
    ...site.workers.map(({ name }) => certificate('Root', thumbprintOf(site, name), name, [])),
  );
  host.sslBindings[`0.0.0.0:${port}`] = { thumbprint: MASTER_THUMBPRINT, store: 'Root' };
  const { listener } = site.availabilityGroup;
  const server = `${listener.name},${listener.port}`;
  const settings = { PortNumber: port, SSLCertThumbprint: MASTER_THUMBPRINT, SqlServerName: server };
  host.files[`${FOLDER}\\MasterSettings.config`] = { content: JSON.stringify(settings) };
}

/** Its client certificate, the Master's, and its settings, which lead to the role. */
export function setUpWorker(lab: InProcessLab, name: string): void {
  const { site } = lab;
  const { account } = site.accounts.worker;
  const host = hostOf(lab, name);
  host.services['SSISScaleOutWorker160'] = service(account, 'Automatic', 'Running');
  host.certificates.push(
    certificate('My', thumbprintOf(site, name), name, [account]),
    certificate('Root', MASTER_THUMBPRINT, roleName(site), []),
  );
  const settings = {
    MasterEndpoint: `https://${roleName(site)}:${site.scaleOutMaster.port}`,
    MasterHttpsCertThumbprint: MASTER_THUMBPRINT,
    WorkerHttpsCertThumbprint: thumbprintOf(site, name),
    MaxTaskCount: 10,
    AgentId: name,
  };
  host.files[`${FOLDER}\\WorkerSettings.config`] = { content: JSON.stringify(settings) };
}

function certificate(
  store: 'My' | 'Root',
  thumbprint: string,
  name: string,
  keyReaders: string[],
): Certificate {
  return {
    store,
    thumbprint,
    subject: `CN=${name}`,
    issuer: `CN=${name}`,
    dnsNames: [name],
    notAfter: '2040-01-01T00:00:00Z',
    hasPrivateKey: true,
    exportable: false,
    isAuthority: false,
    serverAuthentication: true,
    keyReaders,
  };
}

function roleName({ scaleOutMaster, directory }: Site): string {
  return `${scaleOutMaster.name}.${directory.domain}`.toLowerCase();
}

function thumbprintOf({ workers }: Site, worker: string): string {
  return String(workers.findIndex(({ name }) => name === worker)).repeat(40);
}

export function service(account: string, startMode: 'Automatic' | 'Manual', state: 'Running' | 'Stopped') {
  return { displayName: '', state, startMode, account, startedAt: null };
}

export function hostOf(lab: InProcessLab, name: string): Host {
  return present(lab.laboratory.estate.hosts[name], `host ${name}`);
}

/** What must be there for the test to mean anything. */
export function present<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new RangeError(`There is no ${what}`);
  return value;
}
