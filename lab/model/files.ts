import { PowerShellRefusal, type Scene } from '../scene.ts';
import type { LabFile } from './estate/files.ts';
import { sameName } from './same-name.ts';

/** Files by Windows path: local ones of the scene's host, or those of a share. Paths know no case. */
export function readFile(scene: Scene, path: string): LabFile | null {
  const [, file] = Object.entries(folderOf(scene, path)).find(([known]) => sameName(known, path)) ?? [];
  return file ?? null;
}

export function writeFile(scene: Scene, path: string, content: string): void {
  const folder = folderOf(scene, path);
  const known = Object.keys(folder).find((name) => sameName(name, path));
  folder[known ?? path] = { content };
}

export function removeFile(scene: Scene, path: string): void {
  const folder = folderOf(scene, path);
  const known = Object.keys(folder).find((name) => sameName(name, path));
  if (known !== undefined) delete folder[known];
}

/** Source: [MS-ERREF]: ERROR_BAD_NETPATH (53) for a share that is not there, ERROR_ACCESS_DENIED (5). */
function folderOf(scene: Scene, path: string): Record<string, LabFile> {
  if (!path.startsWith('\\\\')) return scene.host.files;
  const [root, share] = Object.entries(scene.estate.shares).find(([name]) => isBelow(path, name)) ?? [];
  if (root === undefined || !share) {
    throw new PowerShellRefusal(
      `The network path ${path} was not found`,
      'ItemNotFound',
      'ObjectNotFound',
      -2147024843,
    );
  }
  if (share.fullControl.some((account) => sameName(account, scene.account))) return share.files;
  throw new PowerShellRefusal(
    `Access to ${path} is denied for ${scene.account}`,
    'UnauthorizedAccess',
    'PermissionDenied',
    -2147024891,
  );
}

function isBelow(path: string, folder: string): boolean {
  return path.toLowerCase().startsWith(`${folder.toLowerCase()}\\`);
}
