import { randomBytes } from 'node:crypto';
import { hashOf, isPassword } from './password-hash.ts';
import type { User } from './users-file.ts';

/** Checks wait for each other: each takes its memory and a processor. Beyond this many nobody is made to wait. */
const MOST_WAITING = 30;

/** Tells whether somebody is who they say; an unknown name takes as long as a wrong password. */
export class PasswordCheck {
  private readonly find: (name: string) => User | null;
  /** Of a password that nobody knows. */
  private readonly nobody: Promise<string>;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(find: (name: string) => User | null) {
    this.find = find;
    this.nobody = hashOf(randomBytes(32).toString('base64'));
  }

  /** Null where name or password are wrong; `busy` where too many are asked for at once. */
  async userFor(name: string, password: string): Promise<User | null | 'busy'> {
    if (this.waiting >= MOST_WAITING) return 'busy';
    const user = this.find(name);
    this.waiting += 1;
    const checked = this.last.then(async () => isPassword(password, user?.password ?? (await this.nobody)));
    this.last = checked.catch(() => undefined);
    try {
      const isRight = await checked;
      return isRight ? user : null;
    } finally {
      this.waiting -= 1;
    }
  }
}
