import type { Environment } from './run-program.ts';

/** One way to get the `temporal` program; `install` throws one line that says why it did not work. */
export interface WayToInstall {
  readonly from: 'download' | 'pypi' | 'go';
  readonly where: string;
  readonly install: (request: InstallRequest) => Promise<void>;
}

export interface InstallRequest {
  /** An empty folder; the program is to be put at `bin/temporal` inside it. */
  readonly folder: string;
  readonly env: Environment;
  /** Told one line once it is clear that something will be fetched. */
  readonly narrate: (text: string) => void;
}
