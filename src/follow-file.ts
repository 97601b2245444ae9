import { watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Tells each time that something was put in the place of a file, or written to it. Answers how to stop; null where
 * there is no folder to watch. Source: Node.js, `fs.watch`: a file is watched by its name only through its folder.
 */
export function followFile(path: string, written: () => void): (() => void) | null {
  const name = basename(path);
  let watcher: FSWatcher;
  try {
    watcher = watch(dirname(path), (_event, changed) => {
      if (changed === name) written();
    });
  } catch {
    return null;
  }
  // The folder is gone; whoever follows looks for itself from time to time.
  watcher.on('error', () => watcher.close());
  return () => watcher.close();
}
