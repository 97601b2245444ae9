import type { Command } from 'commander';
import { Misuse } from '../failures.ts';
import { examples, type AddCommand } from './command.ts';
import { MISUSED } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';

interface Options {
  readonly port?: string;
  readonly link?: true;
  readonly check?: true;
}

/** `ssis-ha ui`: the control room as a web page, for a server that is there already. */
export const addUi: AddCommand = (program) => {
  const command = program
    .command('ui')
    .summary('serve the control room as a web page')
    .description(
      'Serves the control room until Ctrl+C: runs, their questions, their evidence. On 127.0.0.1 for whoever opens its link, unless DIR/control-room.yaml says otherwise. "ssis-ha up" serves one by itself.',
    )
    .option('--port <PORT>', 'where it listens; 0: any port that is free (8380)')
    .option('--link', 'print the link that signs in to the one that "ssis-ha up" serves, and end')
    .option('--check', 'tell all faults of DIR/control-room.yaml, and end')
    .action(async (options: Options, self: Command) => {
      if (options.link === true) return printLink(faceOf(self));
      return options.check === true ? check(faceOf(self)) : serve(options.port, faceOf(self));
    });
  examples(command, 'ssis-ha ui', 'ssis-ha ui --link', 'ssis-ha ui --check');
};

async function serve(asked: string | undefined, face: Face): Promise<void> {
  const { serveControlRoom } = await import('../web/serve.ts');
  const { readSettings } = await import('../web/settings/settings.ts');
  const { USUAL_PORT } = await import('../web/settings/addresses.ts');
  const { toldToEnd } = await import('../kept-main.ts');
  const { listen } = readSettings(face.directory);
  const port = asked === undefined ? (listen.port ?? USUAL_PORT) : portOf(asked);
  const server = { directory: face.directory, address: face.address };
  const served = await serveControlRoom({ server, port, owner: face.by });
  const link = await entranceOf(served.address, face);
  if (face.json) face.printJson({ address: served.address, link });
  else face.print([`The control room: ${link ?? served.address}`, 'Ctrl+C ends it.']);
  await toldToEnd();
  await served.close();
}

/** The link that signs in to the control room of a folder; null where people sign in by name. */
export async function entranceOf(address: string, { directory }: Face): Promise<string | null> {
  const { readSettings } = await import('../web/settings/settings.ts');
  const { signInLink } = await import('../web/sign-in/link.ts');
  return readSettings(directory).people.by === 'link' ? signInLink(address, directory) : null;
}

async function printLink(face: Face): Promise<void> {
  const { readUpState } = await import('../up/state.ts');
  const state = readUpState(face.directory);
  if (!state?.controlRoom || state.processes.controlRoom === null) {
    throw new Misuse(
      `No "ssis-ha up" serves a control room in ${face.directory}`,
      `Start one: ${face.style.command('up')}, or serve it alone: ${face.style.command('ui')}`,
    );
  }
  const link = await entranceOf(state.controlRoom, face);
  if (link === null)
    throw new Misuse('People sign in to this control room by name', `Open ${state.controlRoom}`);
  if (face.json) face.printJson({ address: state.controlRoom, link });
  else face.print([link]);
}

async function check(face: Face): Promise<void> {
  const { examineSettings } = await import('../web/settings/settings.ts');
  const { inOneLine } = await import('../site-file.ts');
  const { path, settings, faults } = examineSettings(face.directory);
  if (faults.length > 0) process.exitCode = MISUSED;
  if (face.json) return face.printJson({ path, settings, faults });
  if (settings === null) return face.print(faults.map((fault) => inOneLine(path, fault)));
  const { listen, people } = settings;
  face.print([`No fault in ${path}.`, `Listens on ${listen.address}. ${IN_WORDS[people.by]}`]);
}

const IN_WORDS = {
  link: 'Whoever opens its link is in, as the owner of the folder.',
  password: 'People sign in by name and password.',
  provider: 'People sign in at a provider of OpenID Connect.',
} as const;

export function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Misuse(`--port ${text} is no port`, 'Give --port a number from 0 to 65535, such as 8380.');
}
