import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { Misuse, OperatorError } from '../../failures.ts';
import { inOneLine } from '../../site-file.ts';
import { faultWords } from '../../site-file/fault-words.ts';
import { faultsOfParts, placedFaults } from '../../site-file/part-faults.ts';
import { readYaml } from '../../site-file/yaml-text.ts';
import { ROLES } from '../visitor.ts';
import { PASSWORD_HASH } from './password-hash.ts';

/** A name of a person that can be shown and compared. */
export const NAME = /^(?!\s)[^\p{C}\p{Zl}\p{Zp}]{1,64}(?<!\s)$/u;

const userShape = z.strictObject({
  name: z.string().regex(NAME, 'is no name: 1 to 64 characters, none of them invisible'),
  roles: z.array(z.enum(ROLES)).min(1),
  password: z.string().regex(PASSWORD_HASH, 'is no hash of a password: set it with "ssis-ha user password"'),
});
const fileShape = z.strictObject({ users: z.array(userShape) });

/** Somebody who signs in by password. */
export type User = z.infer<typeof userShape>;

const HEADER = '# Who signs in to the control room. Written by "ssis-ha user"; passwords are hashed.\n';

/** The people who sign in by password. What is changed in the file holds from the next request on. */
export class UsersFile {
  readonly path: string;
  private last: { readonly mark: string; readonly users: readonly User[] } | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** Nobody where there is no file. Throws an OperatorError where it has faults or others can read it. */
  read(): readonly User[] {
    const mark = this.mark();
    if (mark === null) return [];
    if (this.last?.mark !== mark) this.last = { mark, users: parsedUsers(this.path) };
    return this.last.users;
  }

  /** By a name that is written in capitals or not. */
  find(name: string): User | null {
    return this.read().find((user) => isSameName(user.name, name)) ?? null;
  }

  /** Throws a Misuse where nobody is called so. */
  member(name: string): User {
    return memberOf(this.read(), name);
  }

  /** Throws a Misuse where nobody can be added under that name. */
  refuse(name: string): void {
    if (!NAME.test(name))
      throw new Misuse(
        `${JSON.stringify(name)} is no name`,
        'Give one of 1 to 64 characters, none of them invisible.',
      );
    refuseKnown(this.read(), name);
  }

  /** Throws a Misuse where the name stands for somebody already, or is none. */
  add(user: User): void {
    this.refuse(user.name);
    this.change((users) => {
      refuseKnown(users, user.name);
      return [...users, user];
    });
  }

  remove(name: string): void {
    this.change((users) => users.filter((user) => user !== memberOf(users, name)));
  }

  setPassword(name: string, password: string): void {
    this.change((users) => {
      const member = memberOf(users, name);
      return users.map((user) => (user === member ? { ...user, password } : user));
    });
  }

  private change(changed: (users: readonly User[]) => readonly User[]): void {
    const next = `${this.path}.new`;
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    try {
      // Whoever writes first is alone until the new file is in place.
      writeFileSync(next, '', { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      throw new OperatorError(
        `${next} is there: somebody changes the users at this moment, or was interrupted`,
        'Try again; if nobody is at it, remove that file first.',
      );
    }
    try {
      const users = changed(this.read());
      writeFileSync(next, HEADER + stringify({ users }, { lineWidth: 0 }));
      chmodSync(next, 0o600);
      renameSync(next, this.path);
    } catch (error) {
      rmSync(next, { force: true });
      throw error;
    }
  }

  /** Changes with the file; null where there is none. */
  private mark(): string | null {
    const found = statSync(this.path, { throwIfNoEntry: false, bigint: true });
    if (found === undefined) return null;
    if (process.platform !== 'win32' && (found.mode & 0o077n) !== 0n) {
      throw new OperatorError(
        `Others than its owner can reach ${this.path} (mode ${(found.mode & 0o777n).toString(8)})`,
        `Close it to them: chmod 600 ${this.path}`,
      );
    }
    return `${found.ino} ${found.mtimeNs} ${found.ctimeNs} ${found.size}`;
  }
}

/** Whether two names are those of one person: nobody gets a second voice by writing theirs in capitals. */
export function isSameName(one: string, other: string): boolean {
  return one.normalize('NFKC').toLowerCase() === other.normalize('NFKC').toLowerCase();
}

function refuseKnown(users: readonly User[], name: string): void {
  const known = users.find((user) => isSameName(user.name, name));
  if (known) throw new Misuse(`${known.name} is there already`, 'Choose another name, or remove it first.');
}

function memberOf(users: readonly User[], name: string): User {
  const member = users.find((user) => isSameName(user.name, name));
  if (member) return member;
  const known = users.map((user) => user.name).join(', ');
  throw new Misuse(
    `There is no user ${JSON.stringify(name)}`,
    known === '' ? 'Add them: ssis-ha user add NAME --role ROLE' : `Name one of ${known}.`,
  );
}

function parsedUsers(path: string): readonly User[] {
  const yaml = readYaml(readFileSync(path, 'utf8'));
  const shape = fileShape.safeParse(yaml.data, { error: faultWords });
  const ofParts = shape.success ? [] : faultsOfParts(shape.error.issues, yaml.data, () => []);
  const faults = placedFaults(ofParts, [], yaml);
  if (shape.success && faults.length === 0) return shape.data.users;
  throw new OperatorError(
    ['The users file has faults:', ...faults.map((fault) => `  ${inOneLine(path, fault)}`)].join('\n'),
    'Correct it, or restore it; what "ssis-ha user" writes has none.',
  );
}
