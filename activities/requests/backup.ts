import type { Site } from '../site.ts';
import { shareOf } from './estate.ts';
import { backupsOfSsisdb } from './backups-of-ssisdb.ts';
import type { Line } from './lines.ts';
import { inPowershell } from './quote.ts';
import { sharesOf } from './shares.ts';
import { powershell, value, words, type Check, type Request } from './sheet.ts';

/** What the back-up team is asked for: shares, backups of SSISDB and of its key. */
export function backupRequests(site: Site): Record<Line<'backup'>, Request> {
  return {
    'exchange-share': share(site, 'exchange-share', {
      title: 'Share for certificates',
      wanted:
        'A share on which the operator account may write and delete, reached by nodes and workers; nobody else needs it. A few megabytes.',
      why: 'Public certificates of Master and workers travel through it and stay. The Master’s PFX, encrypted, lies there only until the other nodes have it.',
      source: '*Walkthrough: Set up Integration Services Scale Out*, add workers; domain facts, 2.2.',
    }),
    'seeding-share': share(site, 'seeding-share', {
      title: 'Share for seeding',
      wanted:
        'A share with room for a full copy of SSISDB and its log for each further node, reached by all nodes.',
      why: 'The engine writes a copy-only backup there and the other nodes’ engines restore it; the run deletes the files afterwards.',
      source: '*BACKUP*, permissions: the engine’s account writes; domain facts, 4.4 and C10.',
    }),
    'key-backup': share(site, 'key-backup', {
      title: 'Place for the backup of SSISDB’s master key',
      wanted:
        'A place where the engine’s account may write and nobody deletes: one small file for each catalog, named after its key and encrypted with a password. Backed up itself, and kept as long as any backup of SSISDB.',
      why: 'Without this file or the key’s password no sensitive value of a restored SSISDB can be read again.',
      source: '*BACKUP MASTER KEY*; *SSIS Catalog*, backup and restore; domain facts, 2.4.',
    }),
    'master-certificate-file': certificateFile(site),
    'witness-share': witnessShare(site),
    ...backupsOfSsisdb(site),
  };
}

interface Words {
  readonly title: string;
  readonly wanted: string;
  readonly why: string;
  readonly source: string;
}

function share(site: Site, line: Line<'backup'>, told: Words): Request {
  const folders = sharesOf(site).filter((folder) => folder.line === line);
  return {
    title: told.title,
    wanted: told.wanted,
    table: {
      columns: [value('Path'), value('Account'), words('Right, on share and folder')],
      rows: folders.flatMap(({ path, rights }) =>
        rights.map(({ account, right }) => [path, account, RIGHTS[right]]),
      ),
    },
    why: told.why,
    checks: folders.flatMap(({ path, isThere }) => folderChecks(isThere ? path : folderOf(path))),
    source: told.source,
  };
}

const RIGHTS = { Modify: 'change', Read: 'read', FullControl: 'full control' } as const;

function folderChecks(path: string): readonly Check[] {
  const place = shareOf(path);
  const acl = powershell(
    place === null ? 'On the first node' : 'On a node, as an administrator of the share',
    `(Get-Acl -LiteralPath ${inPowershell(path)}).Access | Format-Table IdentityReference, FileSystemRights, AccessControlType`,
    'The accounts above, or groups that they are in, each with at least its right.',
  );
  if (place === null) return [acl];
  return [
    acl,
    powershell(
      'On the file server',
      `Get-SmbShareAccess -Name ${inPowershell(place.share)} | Format-Table AccountName, AccessControlType, AccessRight`,
      'The same accounts: Read for read, Change or Full for change, Full for full control.',
    ),
  ];
}

/** Of a file that the run is yet to write. */
function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '');
}

function certificateFile(site: Site): Request {
  const isMade = 'create' in site.scaleOutMaster.certificate;
  return share(site, 'master-certificate-file', {
    title: 'Place for the Master’s certificate with its key',
    wanted: isMade
      ? 'The run writes the PFX here, encrypted with a password, and keeps it: a node that is added later is served from it. Backed up where only the operator account and its administrators read.'
      : 'The PFX that the site brings lies here before the run, readable for the operator account, and stays: a node that is added later is served from it.',
    why: 'All nodes need this one key, and no node can give it away again: it is imported without the right to export it.',
    source: '*Export-PfxCertificate*; domain facts, 2.2, the safe recipe.',
  });
}

function witnessShare(site: Site): Request {
  const title = 'Share for the cluster’s witness';
  const { witness } = site.cluster;
  if (witness.kind === 'cloud') {
    return { title, notNeeded: 'The witness is a storage account: see the connections to let through.' };
  }
  if (witness.kind === 'disk') {
    return { title, notNeeded: 'The witness is a shared disk, which the cluster brings itself.' };
  }
  if (witness.kind === 'none') return { title, notNeeded: 'The site has no witness.' };
  return share(site, 'witness-share', {
    title,
    wanted:
      'A share for this cluster alone, with 5 MB or more, on no node of it and not in DFS. The cluster’s account exists only once the cluster does, or its computer object is prestaged: then it gets full control of share and folder.',
    why: 'It is the vote that lets one node go on without the other.',
    source: '*Deploy a file share witness*, prerequisites; *Deploy a quorum witness*; domain facts, 1.5.',
  });
}
