import type { Command } from 'commander';
import type { Up, UpOptions } from '../up/up.ts';
import { Misuse } from '../failures.ts';
import { FAILED } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';
import { entranceOf, portOf } from './ui.ts';

interface Options {
  readonly site?: string;
  readonly pace: string;
  readonly lab: boolean;
  readonly estate?: string;
  readonly scenario: readonly string[];
  readonly uiPort?: string;
  readonly ui: boolean;
  readonly status?: boolean;
}

/** Server, lab and workers in one; what dies is started again. */
export function addUp(program: Command): void {
  program
    .command('up')
    .description('run server, lab and workers, and start again what dies, until Ctrl+C')
    .option('--site <FILE>', 'site file that the lab is built for (the sample site)')
    .option(
      '--pace <N>',
      'how long simulated work takes: 1 as in real life, 0.01 a hundredth, 0 no waiting',
      '0.01',
    )
    .option('--lab', 'a simulated estate behind the real drivers', true)
    .option('--estate <NAME>', 'begin with what stands there already ("ssis-ha lab estates")')
    .option('--no-lab', 'real hosts: run server and control worker only, agents run on the hosts')
    .option('--scenario <NAME...>', 'begin with something amiss ("ssis-ha lab scenario list")', [])
    .option('--ui-port <PORT>', 'where the control room listens on 127.0.0.1 (8380, or any that is free)')
    .option('--no-ui', 'no control room')
    .option('--status', 'print what runs now, and end')
    .addHelpText('after', '\nExample:\n  ssis-ha up --dir ./try --pace 0.01\n')
    .action(async (options: Options, command: Command) => {
      const face = faceOf(command);
      if (options.status === true) return printStatus(face);
      // From the start: a signal before all is ready must leave nothing behind either.
      const end = interrupted();
      const running = await startUp(face, {
        site: options.site ?? null,
        lab: options.lab,
        estate: options.estate ?? null,
        pace: paceOf(options.pace),
        scenarios: options.scenario,
        ...(options.ui && { controlRoom: await controlRoomFor(options.uiPort, face) }),
      });
      if (face.json) process.stdout.write(`${JSON.stringify(running.state())}\n`);
      else face.print(await wordsOf(running, face));
      await end;
      face.narrate('Ending server, lab and workers.');
      await running.stop();
    });
}

/** Starts all of it in the folder of the face. Loads what that needs only now. */
export async function startUp(
  { directory, narrate }: Face,
  wish: Pick<UpOptions, 'site' | 'lab' | 'estate' | 'pace' | 'scenarios' | 'controlRoom'>,
): Promise<Up> {
  const { up } = await import('../up/up.ts');
  return up({ directory, narrate, ...wish });
}

/** Answers at SIGINT or SIGTERM. A second one changes nothing: cut short, the end would leave a server behind. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}

async function printStatus(face: Face): Promise<void> {
  const { readUpState } = await import('../up/state.ts');
  const state = readUpState(face.directory);
  if (state === null) {
    face.narrate(`Nothing runs in ${face.directory}. Start it: ${face.style.command('up')}`);
    process.exitCode = FAILED;
    return;
  }
  const { keeper: _keeper, ...told } = state;
  if (face.json) process.stdout.write(`${JSON.stringify(told)}\n`);
  else face.print(JSON.stringify(told, null, 2).split('\n'));
}

async function wordsOf(running: Up, face: Face): Promise<string[]> {
  const { temporalAddress, temporalUi, controlRoom, site } = running.state();
  const link = controlRoom === null ? null : ((await entranceOf(controlRoom, face)) ?? controlRoom);
  return [
    `All is ready. Temporal: ${temporalAddress}, its web page: ${temporalUi}`,
    ...(link === null ? [] : [`The control room: ${link}`]),
    ...(site === null ? [] : [`Next: ${face.style.command(`start ${site}`)}`]),
  ];
}

/** What is wrong with its settings is told before anything is started. */
async function controlRoomFor(
  asked: string | undefined,
  { directory, by }: Face,
): Promise<NonNullable<UpOptions['controlRoom']>> {
  const { readSettings } = await import('../web/settings/settings.ts');
  const { addressOf, USUAL_PORT } = await import('../web/settings/addresses.ts');
  const settings = readSettings(directory);
  const port = await portFor(asked, settings.listen.port, USUAL_PORT);
  return { port, owner: by, address: addressOf(settings, port) };
}

/** The port that was asked for, else the usual one where it is free: an address that was kept stays good. */
async function portFor(asked: string | undefined, set: number | null, usual: number): Promise<number> {
  if (asked !== undefined) return portOf(asked);
  if (set !== null) return set;
  const { freePort, isPortFree } = await import('../temporal/free-ports.ts');
  return (await isPortFree(usual)) ? usual : freePort();
}

export function paceOf(text: string): number {
  const pace = Number(text);
  if (Number.isFinite(pace) && pace >= 0) return pace;
  throw new Misuse(`--pace ${text} is no pace`, 'Give --pace a number from 0 on, such as 0.01.');
}
