import { fullName, type Site } from '../site.ts';
import { hostsOf } from './estate.ts';
import type { Line } from './lines.ts';
import { inPowershell } from './quote.ts';
import { powershell, value, words, type Request } from './sheet.ts';

type SecurityLine = Line<'security'>;

/** The certificates of engines, Master and workers: subject, names, store and use. */
export function certificates(site: Site) {
  return {
    'engine-certificates': engineCertificates(site),
    'master-certificate': masterCertificate(site),
    'worker-certificates': workerCertificates(site),
  } satisfies Partial<Record<SecurityLine, Request>>;
}

function engineCertificates(site: Site): Request {
  const title = 'Certificates of the engines';
  if (site.instance.certificate === undefined) {
    return {
      title,
      notNeeded: 'The site binds none (instance.certificate): clients cannot verify the engines.',
    };
  }
  const listener = fullName(site.availabilityGroup.listener.name, site);
  return {
    title,
    wanted:
      'One certificate from your authority for each node: with its private key, for RSA with key specification KeyExchange (1) where the provider is an old one, key usage digital signature and key encipherment, extended key usage server authentication (1.3.6.1.5.5.7.3.1). Agents get the authority’s own certificate as a PEM file.',
    table: {
      columns: [value('Node'), value('Subject'), value('Subject alternative names (DNS)'), value('Store')],
      rows: site.nodes.map(({ name }) => {
        const node = fullName(name, site);
        return [name, `CN=${node}`, [node, listener], 'LocalMachine\\My'];
      }),
    },
    why: 'Every statement of the run goes over verified TLS, to a node by its name and to whichever is primary by the listener’s. The run binds the certificate and lets the engine’s account read its key.',
    checks: [
      powershell(
        'On each node',
        `Get-ChildItem -Path Cert:\\LocalMachine\\My | Where-Object { $_.HasPrivateKey -and ($_.DnsNameList.Unicode -contains ${inPowershell(listener)}) } | Format-List Subject, DnsNameList, EnhancedKeyUsageList, NotAfter, Thumbprint`,
        'One that names this node and the listener, for servers, not expired.',
      ),
      powershell(
        'On each node, and where agents verify it',
        `Get-ChildItem -Path Cert:\\LocalMachine\\My | Where-Object { $_.DnsNameList.Unicode -contains ${inPowershell(listener)} } | Test-Certificate -Policy SSL -DNSName ${inPowershell(listener)}`,
        'True: the chain leads to an authority that is trusted.',
      ),
    ],
    source:
      '*Certificate requirements for SQL Server*; *Configure SQL Server Database Engine for encrypting connections*; domain facts, C11.',
  };
}

function masterCertificate(site: Site): Request {
  const { certificate, name } = site.scaleOutMaster;
  const full = fullName(name, site);
  const life =
    'create' in certificate
      ? `${certificate.create.years} years, RSA ${certificate.create.keyBits}`
      : 'as the PFX that the site brings';
  return {
    title: 'Certificate of the Scale Out Master',
    wanted:
      'create' in certificate
        ? 'Nothing to issue: the run makes one self-signed certificate and imports it on every node, its public half on every worker. Allow it in the store named here: no policy and no tool clears it away.'
        : 'One self-signed certificate, as a PFX with its key: SHA-256, no authority (Basic Constraints), no right to sign certificates, for server authentication (1.3.6.1.5.5.7.3.1) and nothing else. Allow it in the store named here.',
    table: {
      columns: [
        value('Subject'),
        value('Subject alternative names (DNS)'),
        value('Store'),
        words('With key on'),
        words('Life and key'),
      ],
      rows: [
        [`CN=${full}`, [full, name], 'LocalMachine\\Root', 'every node; public half on every worker', life],
      ],
    },
    why: 'The Master serves workers with this one certificate wherever it runs, and setup takes it from this store only. One from an authority would break the clients’ certificates of everything on the machine.',
    checks: [
      powershell(
        'On each node and worker, after chapters 3 and 9',
        `Get-ChildItem -Path Cert:\\LocalMachine\\Root | Where-Object { $_.DnsNameList.Unicode -contains ${inPowershell(full)} } | Format-List Subject, Issuer, HasPrivateKey, NotAfter, Thumbprint`,
        'The same thumbprint everywhere; Issuer is Subject; HasPrivateKey True on nodes, False on workers.',
      ),
    ],
    source:
      '*Manage certificates for SQL Server Integration Services Scale Out*; *Walkthrough: Set up Integration Services Scale Out*; domain facts, 2.2.',
  };
}

function workerCertificates(site: Site): Request {
  const hosts = hostsOf(site);
  const workers = hosts.filter(({ isWorker }) => isWorker).map(({ name }) => name);
  const nodes = hosts.filter(({ isNode }) => isNode).map(({ name }) => name);
  return {
    title: 'Certificates of the workers, and what else Root may hold',
    wanted:
      'Nothing to issue: setup makes a self-signed client certificate on each worker, and the run brings its public half to every node. Root on these machines holds self-signed certificates only; intermediate and other ones belong elsewhere.',
    table: {
      columns: [
        value('Workers, with key'),
        value('Store'),
        value('Nodes, public half'),
        value('Their store'),
      ],
      rows: [[workers, 'LocalMachine\\My', nodes, 'LocalMachine\\Root']],
    },
    why: 'A certificate in Root that is not self-signed makes Windows refuse every client certificate (403): all workers are offline then.',
    checks: [
      powershell(
        'On each node and worker',
        'Get-ChildItem -Path Cert:\\LocalMachine\\Root | Where-Object { $_.Subject -ne $_.Issuer } | Format-Table Subject, Issuer, Thumbprint',
        'Nothing.',
      ),
    ],
    source: 'KB 2802568; *Troubleshooting Scale Out*, 403; domain facts, 9.2, R4 and pitfall 13.',
  };
}
