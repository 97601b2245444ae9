import type { Command } from 'commander';
import { presentVerification } from '../present.ts';
import { withClient } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { FAILED } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';
import { follow } from './follow.ts';
import { minutesOf } from './interval.ts';

interface VerifyOptions {
  /** True where it was named without a value. */
  readonly every?: string | true;
}

/** `ssis-ha verify`: whether all that must agree on a finished estate still does, and what lies ahead. */
export const addVerify: AddCommand = (program) => {
  const command = program
    .command('verify')
    .summary('say whether a finished estate still agrees, and what lies ahead')
    .description(
      'Reads on a finished estate the eight places that must agree, marks what differs and names the step that mends it, and says what lies ahead: certificates, back-ups, space, updates. Changes nothing. Exit code 1 when something differs, is over, or could not be read.',
    )
    .argument('<SITE>', 'the site file')
    .option(
      '--every [INTERVAL]',
      'look again on a schedule, and ask a person when something differs: 30m, 1h, 1d, off (verify.everyMinutes)',
    )
    .action(async (site: string, { every }: VerifyOptions, self: Command) => {
      const face = faceOf(self);
      if (every === undefined) await verify(site, face);
      else if (every === 'off') await endSchedule(site, face);
      else await setSchedule(site, every, face);
    });
  examples(
    command,
    'ssis-ha verify site.yaml',
    'ssis-ha verify site.yaml --json',
    'ssis-ha verify site.yaml --every 1h',
    'ssis-ha verify site.yaml --every off',
  );
};

async function verify(path: string, face: Face): Promise<void> {
  const { readSiteFile } = await import('../site-file.ts');
  const { verificationOf } = await import('../client/verification.ts');
  const { site, request } = readSiteFile(path);
  await withClient(face, async (client) => {
    const ref = await client.start({ site: site.site, request, mode: 'verify', by: face.by });
    const quiet = { ...face, json: false, isTerminal: face.isTerminal && !face.json, print: () => undefined };
    const run = await follow(client, ref, quiet, { untilWaiting: false });
    if (run === null || run.endedAt === null) {
      process.exitCode = FAILED;
      return;
    }
    const found = verificationOf(run);
    if (!found.isSound) process.exitCode = FAILED;
    if (face.json) face.printJson(found);
    else face.print(presentVerification(found, path, face.style));
  });
}

async function setSchedule(path: string, every: string | true, face: Face): Promise<void> {
  const { readSiteFile } = await import('../site-file.ts');
  const { site, request } = readSiteFile(path);
  const everyMinutes = every === true ? (site.verify?.everyMinutes ?? DEFAULT_MINUTES) : minutesOf(every);
  await withClient(face, async (client) => {
    const set = await client.schedule({ site: site.site, request, by: face.by, everyMinutes });
    if (face.json) return face.printJson(set);
    face.print([
      `${site.site} is verified every ${everyMinutes} minutes${set.isNew ? ', first now' : ' from now on'}. What differs is asked about: ${face.style.command('list')}`,
      `To end it: ${face.style.command(`verify ${path} --every off`)}`,
    ]);
  });
}

/** Where neither the command nor the site file names one. */
const DEFAULT_MINUTES = 60;

async function endSchedule(path: string, face: Face): Promise<void> {
  const { readSiteFile } = await import('../site-file.ts');
  const { site } = readSiteFile(path).site;
  await withClient(face, async (client) => {
    const scheduleId = await client.unschedule(site);
    if (face.json) return face.printJson({ scheduleId, everyMinutes: null });
    face.print([`${site} is verified on demand only, from now on: ${face.style.command(`verify ${path}`)}`]);
  });
}
