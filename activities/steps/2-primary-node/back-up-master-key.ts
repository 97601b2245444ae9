import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { replicasOf } from '../../primary.ts';
import { catalogHome } from '../../setup/catalog-home.ts';
import { defineChange } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * The key's own identity is the file's name: a catalog that is made anew has another key and needs another
 * backup, and one that was regenerated too. Written by the engine's account, never over a file that exists.
 *
 * Source: *BACKUP MASTER KEY*; *SSIS Catalog*, backup (the catalog cannot be restored elsewhere without it).
 */
export const backUpMasterKey = defineChange({
  id: 'back-up-master-key',
  title: 'Back up the master key of SSISDB',
  why: 'Without it and its password nothing that SSISDB keeps secret can be restored.',
  on: theFirstNode,
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes: (site) => ({
    home: { ...replicasOf(site) },
    folder: site.catalog.masterKeyBackup.path,
    password: site.catalog.masterKeyBackup.password,
  }),

  observed: z.strictObject({ file: z.string(), exists: z.boolean() }),
  async probe(ports, { home, folder }) {
    const { catalog } = await ports.sql.run('getCatalog', {}, await catalogHome(ports, home));
    if (!catalog?.masterKeyId)
      throw new OperatorError('SSISDB cannot be read', 'Bring it online, then retry.');
    const file = `${folder}\\SSISDB-${catalog.masterKeyId}.key`;
    return { file, exists: (await ports.powershell.run('getFile', { path: file })).exists };
  },
  gate: ({ file }) =>
    `Back up the master key of SSISDB in ${file}? The file stays, also when the run is undone.`,
  shortfall: ({ file, exists }) => (exists ? [] : [`The master key is not backed up in ${file}`]),

  async apply(ports, { home, password }, { before }) {
    const secret = await ports.secrets.resolve(password);
    const target = await catalogHome(ports, home);
    await ports.sql.run('backUpMasterKey', { file: before.file, password: secret }, target);
  },
  undo: {
    kept: 'The backup of a key is never deleted by a program; it harms nobody who lacks its password.',
    residue: ['the file with the encrypted key'],
  },
});
