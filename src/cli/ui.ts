import type { Command } from 'commander';
import { Misuse } from '../failures.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf, type Face } from './face.ts';

interface Options {
  readonly port: string;
  readonly link?: true;
}

/** `ssis-ha ui`: the control room as a web page, for a server that is there already. */
export const addUi: AddCommand = (program) => {
  const command = program
    .command('ui')
    .summary('serve the control room as a web page')
    .description(
      'Serves the control room on 127.0.0.1 until Ctrl+C: runs, their questions, their evidence. "ssis-ha up" serves one by itself.',
    )
    .option('--port <PORT>', 'where it listens; 0: any port that is free', '8380')
    .option('--link', 'print the link that signs in to the one that "ssis-ha up" serves, and end')
    .action(async (options: Options, self: Command) =>
      options.link === true ? printLink(faceOf(self)) : serve(portOf(options.port), faceOf(self)),
    );
  examples(command, 'ssis-ha ui', 'ssis-ha ui --link');
};

async function serve(port: number, face: Face): Promise<void> {
  const { serveControlRoom } = await import('../web/serve.ts');
  const { signInLink } = await import('../web/sign-in/link.ts');
  const { toldToEnd } = await import('../kept-main.ts');
  const server = { directory: face.directory, address: face.address };
  const served = await serveControlRoom({ server, port, owner: face.by });
  const link = signInLink(served.address, face.directory);
  if (face.json) face.printJson({ address: served.address, link });
  else face.print([`The control room: ${link}`, 'Ctrl+C ends it.']);
  await toldToEnd();
  await served.close();
}

async function printLink(face: Face): Promise<void> {
  const { readUpState } = await import('../up/state.ts');
  const { signInLink } = await import('../web/sign-in/link.ts');
  const state = readUpState(face.directory);
  if (!state?.controlRoom || state.processes.controlRoom === null) {
    throw new Misuse(
      `No "ssis-ha up" serves a control room in ${face.directory}`,
      `Start one: ${face.style.command('up')}, or serve it alone: ${face.style.command('ui')}`,
    );
  }
  const link = signInLink(state.controlRoom, face.directory);
  if (face.json) face.printJson({ address: state.controlRoom, link });
  else face.print([link]);
}

export function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Misuse(`--port ${text} is no port`, 'Give --port a number from 0 to 65535, such as 8380.');
}
