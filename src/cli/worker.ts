import type { Command } from 'commander';
import { chooseServer } from '../client/server-link.ts';
import { faceOf } from './face.ts';

interface Options {
  readonly host: readonly string[];
  readonly control?: boolean;
  readonly via: string;
}

/** One worker in this process: an agent on a host, a jump host for several, or the control worker. */
export function addWorker(program: Command): void {
  const collect = (host: string, hosts: readonly string[]) => [...hosts, host];
  program
    .command('worker')
    .description('serve hosts (on the host itself, or from a jump host), or the runs themselves')
    .option('--host <NAME>', 'host to serve, as the site file names it; may be given again', collect, [])
    .option('--control', 'serve the runs themselves and keep their records in --dir')
    .option('--via <HOW>', 'here: this is the host; remoting: PowerShell remoting into each host', 'here')
    .addHelpText(
      'after',
      '\nExamples:\n  ssis-ha worker --host SQLSSIS-A\n  ssis-ha worker --host SQLSSIS-A --host SQLSSIS-B --via remoting\n  ssis-ha worker --control --dir /var/lib/ssis-ha\n',
    )
    .action(async (options: Options, command: Command) => {
      const face = faceOf(command);
      if (options.host.length === 0 && options.control !== true) {
        command.error('Name what to serve: --host NAME or --control', { exitCode: 2 });
      }
      if (options.via !== 'here' && options.via !== 'remoting') {
        command.error(`--via ${options.via} is neither "here" nor "remoting"`, { exitCode: 2 });
      }
      const { serve } = await import('../worker.ts');
      await serve(
        {
          control: options.control === true ? { directory: face.directory } : null,
          hosts: options.host,
          via: options.via === 'remoting' ? 'remoting' : 'here',
          server: chooseServer(face),
        },
        () =>
          face.narrate(
            `Serving ${[...options.host, ...(options.control ? ['runs'] : [])].join(', ')}. End with Ctrl+C.`,
          ),
      );
    });
}
