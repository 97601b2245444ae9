import { Option, type Command } from 'commander';
import type { Role } from '../web/visitor.ts';
import type { UsersFile } from '../web/sign-in/users-file.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf, type Face } from './face.ts';

interface Options {
  readonly passwordStdin?: true;
}

interface AddOptions extends Options {
  readonly role: readonly string[];
}

/** `ssis-ha user`: who signs in to the control room by password, and what they may do there. */
export const addUser: AddCommand = (program) => {
  const user = program
    .command('user')
    .summary('say who signs in to the control room')
    .description(
      'Keeps the file of the people who sign in to the control room by password. It is used where control-room.yaml names it under "users".',
    );
  examples(user, 'ssis-ha user add alice --role approver', 'ssis-ha user list');
  addAdding(user);
  const listed = user
    .command('list')
    .description('Tells who is there, and with which roles.')
    .action((_options: unknown, self: Command) => list(faceOf(self)));
  examples(listed, 'ssis-ha user list', 'ssis-ha user list --json');
  const removed = user
    .command('remove')
    .description('Removes somebody: their sessions end at their next request.')
    .argument('<NAME>', 'who')
    .action((name: string, _options: unknown, self: Command) => remove(name, faceOf(self)));
  examples(removed, 'ssis-ha user remove alice');
  const password = user
    .command('password')
    .description('Gives somebody a new password: sessions that began with the old one end.')
    .argument('<NAME>', 'who')
    .option('--password-stdin', PASSWORD_STDIN)
    .action((name: string, options: Options, self: Command) => newPassword(name, options, faceOf(self)));
  examples(password, 'ssis-ha user password alice');
};

function addAdding(user: Command): void {
  const add = user
    .command('add')
    .summary('add somebody')
    .description('Adds somebody, with a password that is typed twice or read from standard input.')
    .argument('<NAME>', 'as the groups of the site files name them')
    .addOption(
      new Option('--role <ROLE...>', 'viewer: look; operator: start and carry on; approver: consent')
        .choices(ROLE_NAMES)
        .makeOptionMandatory(),
    )
    .option('--password-stdin', PASSWORD_STDIN)
    .action((name: string, options: AddOptions, self: Command) => addPerson(name, options, faceOf(self)));
  examples(add, 'ssis-ha user add alice --role operator --role approver');
}

const PASSWORD_STDIN = 'read the password from the first line of standard input';
const ROLE_NAMES = ['viewer', 'operator', 'approver'] as const satisfies readonly Role[];

async function addPerson(name: string, options: AddOptions, face: Face): Promise<void> {
  const users = await usersOf(face);
  users.refuse(name);
  const roles = ROLE_NAMES.filter((role) => options.role.includes(role));
  users.add({ name, roles, password: await newHash(name, options) });
  await tell(face, users, `Added ${name}: ${roles.join(', ')}.`);
}

async function list(face: Face): Promise<void> {
  const users = await usersOf(face);
  const people = users.read().map(({ name, roles }) => ({ name, roles }));
  if (face.json) return face.printJson({ file: users.path, users: people });
  if (people.length > 0) return face.print(people.map(({ name, roles }) => `${name}  ${roles.join(', ')}`));
  face.print([`Nobody yet. Add somebody: ${face.style.command('user add NAME --role approver')}`]);
}

async function remove(name: string, face: Face): Promise<void> {
  const users = await usersOf(face);
  const member = users.member(name);
  users.remove(member.name);
  await tell(face, users, `Removed ${member.name}.`);
}

async function newPassword(name: string, options: Options, face: Face): Promise<void> {
  const users = await usersOf(face);
  const member = users.member(name);
  users.setPassword(member.name, await newHash(member.name, options));
  await tell(face, users, `${member.name} has a new password.`);
}

async function newHash(name: string, { passwordStdin }: Options): Promise<string> {
  const { newPasswordFor } = await import('./new-password.ts');
  const { hashOf } = await import('../web/sign-in/password-hash.ts');
  return hashOf(await newPasswordFor(name, passwordStdin === true));
}

async function usersOf({ directory }: Face): Promise<UsersFile> {
  const { usersFileOf } = await import('../web/settings/settings.ts');
  const { UsersFile: File } = await import('../web/sign-in/users-file.ts');
  return new File(usersFileOf(directory));
}

/** Says too where the file is not used yet: a person who was added and cannot sign in would wonder. */
async function tell(face: Face, users: UsersFile, done: string): Promise<void> {
  const { readSettings } = await import('../web/settings/settings.ts');
  const { people, file } = readSettings(face.directory);
  const isUsed = people.by === 'password';
  if (face.json) return face.printJson({ file: users.path, isUsed });
  face.print([
    done,
    ...(isUsed ? [] : [`Nobody signs in by ${users.path} yet: name it under "users" in ${file}.`]),
  ]);
}
