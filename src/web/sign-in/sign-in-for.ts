import type { Settings } from '../settings/settings.ts';
import { signInByKey } from './by-key.tsx';
import { signInByPassword } from './by-password.tsx';
import { keptSecret } from './kept-secret.ts';
import { signInKey } from './link.ts';
import { Sessions } from './session.ts';
import type { SignIn } from './sign-in.ts';
import { UsersFile } from './users-file.ts';

interface SignInWish {
  readonly settings: Settings;
  /** Holds the secrets of the control room. */
  readonly directory: string;
  /** Who signs in by the link of the folder. */
  readonly owner: string;
  /** Where browsers find the control room, with a slash at the end. */
  readonly address: string;
}

/** The way in which people say who they are here. Where they have names, the link of the folder opens nothing. */
export async function signInFor({ settings, directory, owner, address }: SignInWish): Promise<SignIn> {
  const { people, sessionHours } = settings;
  const sessions = new Sessions({ secret: keptSecret(directory, 'cookie-secret'), hours: sessionHours });
  switch (people.by) {
    case 'link':
      return signInByKey({ sessions, key: signInKey(directory), owner });
    case 'password': {
      const users = new UsersFile(people.file);
      // What is wrong with it is told now, and not to the first who signs in.
      users.read();
      return signInByPassword({ sessions, users });
    }
    case 'provider': {
      const { signInByProvider } = await import('./by-provider.tsx');
      return signInByProvider({ sessions, settings: people.provider, address });
    }
  }
}
