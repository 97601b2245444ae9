import { keptSecret } from './kept-secret.ts';

/** What the link of a folder is signed with: whoever knows it can read the folder, and so is its owner. */
export function signInKey(directory: string): string {
  return keptSecret(directory, 'key');
}

/** The link by which the owner of a folder signs in. */
export function signInLink(address: string, directory: string): string {
  return `${address}sign-in?key=${signInKey(directory)}`;
}
