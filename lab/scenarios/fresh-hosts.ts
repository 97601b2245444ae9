import type { Scenario } from './scenario.ts';

const PREFLIGHT = 'domain facts, step 0';
const MEDIA = 'domain facts, 2.3 and section 7, row 8';

/** What is amiss with the machines themselves before anything is installed. */
export const freshHosts: readonly Scenario[] = [
  {
    name: 'node-in-no-domain',
    title: 'A node is in no domain',
    source: PREFLIGHT,
    on: 'fresh',
    spoil: ({ second }) => void (second.domain = null),
  },
  {
    name: 'worker-in-no-domain',
    title: 'A worker is in no domain',
    source: PREFLIGHT,
    on: 'fresh',
    spoil: ({ worker }) => void (worker.domain = null),
  },
  {
    name: 'operator-no-administrator',
    title: 'The operator is no administrator of a node',
    source: PREFLIGHT,
    on: 'fresh',
    spoil: ({ second }) => void (second.administrators = []),
  },
  {
    name: 'operator-no-administrator-of-worker',
    title: 'The operator is no administrator of a worker',
    source: PREFLIGHT,
    on: 'fresh',
    spoil: ({ worker }) => void (worker.administrators = []),
  },
  {
    name: 'clock-skew',
    title: 'The clock of a node is so far off that Kerberos refuses it',
    source: 'Maximum tolerance for computer clock synchronization; domain facts, step 0',
    on: 'fresh',
    spoil: ({ second }) => void (second.clockSkewSeconds = 400),
  },
  {
    name: 'system-drive-full',
    title: 'The system drive of a node is full',
    source: PREFLIGHT,
    on: 'fresh',
    spoil: ({ first }) => void (first.freeGb['C'] = 2),
  },
  {
    name: 'worker-drive-full',
    title: 'The system drive of a worker is full',
    source: PREFLIGHT,
    on: 'fresh',
    spoil: ({ worker }) => void (worker.freeGb['C'] = 2),
  },
  {
    name: 'log-drive-missing',
    title: 'A node lacks the drive of the logs',
    source: PREFLIGHT,
    on: 'fresh',
    spoil: ({ second, site }) => void delete second.freeGb[site.instance.directories.log.slice(0, 1)],
  },
  {
    name: 'node-name-leads-elsewhere',
    title: 'DNS leads the name of a node to another address',
    source: PREFLIGHT,
    on: 'fresh',
    spoil: ({ estate, second }) =>
      void (estate.directory.dns[second.name.toLowerCase()] = { addresses: ['203.0.113.9'] }),
  },
  {
    name: 'restart-pends',
    title: 'Windows Update has left a restart behind on a node',
    source: 'domain facts, R4 and section 7, row 20',
    on: 'fresh',
    spoil: ({ first }) => void first.pendingRestart.push('WindowsUpdate\\Auto Update\\RebootRequired'),
  },
  {
    name: 'setup-wants-a-restart',
    title: 'Setup replaces files in use, and ends with 3010',
    source: 'domain facts, 2.3, exit codes',
    on: 'fresh',
    spoil({ first, site }) {
      const media = first.media[site.product.media];
      if (media) media.replacesFilesInUse = true;
    },
  },
  {
    name: 'media-missing',
    title: 'A node lacks the setup media',
    source: MEDIA,
    on: 'fresh',
    spoil: ({ second, site }) => void delete second.media[site.product.media],
  },
  {
    name: 'worker-media-missing',
    title: 'A worker lacks the setup media',
    source: MEDIA,
    on: 'fresh',
    spoil: ({ worker, site }) => void delete worker.media[site.product.media],
  },
  {
    name: 'updates-missing',
    title: 'A node lacks the update that setup is to bring',
    source: MEDIA,
    on: 'fresh',
    spoil: ({ second, site }) => void delete second.media[site.product.updates],
  },
  {
    name: 'media-of-another-version',
    title: 'The media of a node is of another version',
    source: MEDIA,
    on: 'fresh',
    spoil: ({ second, site }) =>
      void Object.assign(second.media[site.product.media] ?? {}, { version: 2016, build: '13.0.1601.5' }),
  },
  {
    name: 'media-of-standard-edition',
    title: 'The media of a node is of Standard edition, which has no Scale Out Master',
    source: 'Editions and supported features, Integration Services; domain facts, 2.3',
    on: 'fresh',
    spoil: ({ second, site }) =>
      void Object.assign(second.media[site.product.media] ?? {}, { edition: 'Standard' }),
  },
  {
    name: 'update-of-another-build',
    title: 'The update of a worker is another build than that of the nodes',
    source: MEDIA,
    on: 'fresh',
    spoil: ({ worker, site }) =>
      void Object.assign(worker.media[site.product.updates] ?? {}, {
        build: site.product.build.replace(/\d+$/, '1'),
      }),
  },
  {
    name: 'master-port-taken',
    title: 'Another program listens at the port of the Scale Out Master',
    source: PREFLIGHT,
    on: 'fresh',
    spoil: ({ second, site }) => void (second.listens = { [site.scaleOutMaster.port]: 'httpd' }),
  },
  {
    name: 'engine-port-taken',
    title: 'Another program listens at the port of the engine',
    source: PREFLIGHT,
    on: 'fresh',
    spoil: ({ first, site }) => void (first.listens = { [site.instance.port]: 'legacy' }),
  },
  {
    name: 'endpoint-port-taken',
    title: 'Another program listens at the port of the availability group',
    source: PREFLIGHT,
    on: 'fresh',
    spoil: ({ second, site }) =>
      void (second.listens = { [site.availabilityGroup.endpointPort]: 'backup-agent' }),
  },
  {
    name: 'engine-certificate-missing',
    title: 'A node has no certificate for its engine',
    source: 'domain facts, 2.3 and section 2 (tls)',
    on: 'fresh',
    spoil: ({ second }) => void (second.certificates = []),
  },
  {
    name: 'engine-certificate-without-listener',
    title: 'The certificate of a node does not name the listener',
    source: 'domain facts, section 2 (instance.certificate)',
    on: 'fresh',
    spoil({ second }) {
      for (const certificate of second.certificates) certificate.dnsNames = certificate.dnsNames.slice(0, 1);
    },
  },
  {
    name: 'engine-certificate-expired',
    title: 'The certificate of a node has run out',
    source: 'domain facts, section 2 (instance.certificate)',
    on: 'fresh',
    spoil({ second }) {
      for (const certificate of second.certificates) certificate.notAfter = '2020-01-01T00:00:00.000Z';
    },
  },
];
