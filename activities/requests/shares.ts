import { takesMasterCertificate } from '../setup/master-certificate.ts';
import type { Site } from '../site.ts';
import { clusterAccount } from './estate.ts';
import type { Line } from './lines.ts';

/** A folder that the procedure writes to or reads from, beside the engines' own. */
interface Folder {
  readonly line: Line<'backup'>;
  readonly path: string;
  /** A few words, for whoever sees only the share's name. */
  readonly use: string;
  readonly forWorkers: boolean;
  /** False for a file that the run makes: then its folder must be there. */
  readonly isThere: boolean;
  readonly rights: readonly { readonly account: string; readonly right: 'Modify' | 'Read' | 'FullControl' }[];
}

/**
 * Every share of a site, and who does what on it: scripts and setup run as the operator account, backups and
 * restores as the engine's, the witness belongs to the cluster's account.
 */
export function sharesOf(site: Site): readonly Folder[] {
  const { directory, availabilityGroup, catalog, operator, accounts, cluster } = site;
  const engine = accounts.engine.account;
  const makesCertificate = 'create' in site.scaleOutMaster.certificate;
  const all: Folder[] = [
    {
      line: 'exchange-share',
      path: directory.exchange,
      use: 'certificates on their way',
      forWorkers: true,
      isThere: true,
      rights: [{ account: operator.account, right: 'Modify' }],
    },
    {
      line: 'seeding-share',
      path: availabilityGroup.seeding.share,
      use: 'SSISDB on its way to the other nodes',
      forWorkers: false,
      isThere: true,
      rights: [
        { account: engine, right: 'Modify' },
        { account: operator.account, right: 'Modify' },
      ],
    },
    {
      line: 'key-backup',
      path: catalog.masterKeyBackup.path,
      use: 'backup of the master key of SSISDB',
      forWorkers: false,
      isThere: true,
      rights: [
        { account: engine, right: 'Modify' },
        { account: operator.account, right: 'Read' },
      ],
    },
    {
      line: 'master-certificate-file',
      path: takesMasterCertificate(site).pfx,
      use: 'certificate of the Scale Out Master with its key',
      forWorkers: false,
      isThere: !makesCertificate,
      rights: [{ account: operator.account, right: makesCertificate ? 'Modify' : 'Read' }],
    },
  ];
  if (cluster.witness.kind !== 'fileShare') return all;
  const witness: Folder = {
    line: 'witness-share',
    path: cluster.witness.path,
    use: 'the cluster’s witness',
    forWorkers: false,
    isThere: true,
    rights: [{ account: clusterAccount(site), right: 'FullControl' }],
  };
  return [...all, witness];
}
