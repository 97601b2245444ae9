import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { OperatorError } from '../../activities/failures.ts';
import type { Question, Verdict } from '../../workflows/contract.ts';
import type { RunClient, RunRef, ShownRun } from '../client.ts';
import { presentChanges, presentEnding, presentQuestion } from '../present.ts';
import { withClient } from './client-of.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';
import { follow } from './follow.ts';
import { paceOf, startUp } from './up.ts';

/** Fast enough to be watched whole, slow enough to be seen. */
const DEMO_PACE = '0.002';

/** The whole runbook on the sample estate, from nothing to the proof. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('perform the whole runbook on a simulated estate, and end with a summary')
    .option('--pace <N>', 'how long simulated work takes', DEMO_PACE)
    .addHelpText('after', '\nExample:\n  ssis-ha demo --dir ./try\n')
    .action(async (options: { readonly pace: string }, command: Command) => {
      const face = faceOf(command);
      const answersItself = face.json || !face.isTerminal || !process.stdin.isTTY;
      face.narrate(
        answersItself
          ? 'No terminal to ask at: the demo answers its own gates, as its sample site allows.'
          : 'The demo asks before anything dangerous, as a real run does.',
      );
      const running = await startUp(face, { site: null, lab: true, pace: paceOf(options.pace) });
      try {
        const ended = await withClient({ ...face, address: null }, (client) =>
          perform(client, running.state().site ?? '', face, answersItself),
        );
        if (face.json) process.stdout.write(`${JSON.stringify(ended)}\n`);
        else face.print(presentEnding(ended, face.style));
        process.exitCode = EXIT_CODES[ended.state];
      } finally {
        await running.stop();
      }
    });
}

async function perform(
  client: RunClient,
  siteFile: string,
  face: Face,
  answersItself: boolean,
): Promise<ShownRun> {
  const { readSiteFile } = await import('../site-file.ts');
  const { site, request } = readSiteFile(siteFile);
  if (site.environment !== 'lab') {
    throw new OperatorError(
      `${siteFile} is of the environment ${site.environment}`,
      'Run the demo in another folder.',
    );
  }
  const ref = await client.start({ site: site.site, request, mode: 'perform', by: face.by });
  const ended = answersItself
    ? await watchAndAnswer(client, ref, face)
    : await watchAndAsk(client, ref, face);
  if (ended !== null) return ended;
  throw new OperatorError(
    'The demo was left before its run had ended',
    'Start it again: the run goes on where it was.',
  );
}

/** Says yes to every gate and tries again what is stuck: a machine's consent, good enough for a lab only. */
async function watchAndAnswer(client: RunClient, ref: RunRef, face: Face): Promise<ShownRun | null> {
  const answered = new Set<string>();
  let last: ShownRun | null = null;
  for await (const run of client.watch(ref, {
    signal: new AbortController().signal,
    narrate: face.narrate,
  })) {
    const lines = presentChanges(last, run, 'all', face.style);
    if (face.json) lines.forEach(face.narrate);
    else face.print(lines);
    last = run;
    for (const question of run.questions.filter(({ id }) => !answered.has(id))) {
      answered.add(question.id);
      const verdict = question.offers.includes('approve') ? 'approve' : 'retry';
      await answer(client, ref, question, verdict, { by: face.by, reason: 'answered by the demo itself' });
    }
  }
  return last;
}

/** Shows the run, and asks at the terminal when it waits for a person. */
async function watchAndAsk(client: RunClient, ref: RunRef, face: Face): Promise<ShownRun | null> {
  for (;;) {
    const run = await follow(client, ref, face, { untilWaiting: true });
    if (run === null || run.endedAt !== null || run.state !== 'waiting') return run;
    for (const question of run.questions) {
      face.print(presentQuestion(question, run, face.style));
      const verdict = await choose(question);
      await answer(client, ref, question, verdict, { by: face.by, reason: 'answered at the demo' });
    }
  }
}

async function answer(
  client: RunClient,
  ref: RunRef,
  { id, stepKey }: Question,
  verdict: Verdict,
  person: { readonly by: string; readonly reason: string },
): Promise<void> {
  await client.answer(ref, { stepKey, verdict, questionId: id, planHash: null, ...person });
}

/** Enter takes the first offer, which lets the run go on. */
async function choose({ offers }: Question): Promise<Verdict> {
  const [first = 'stop'] = offers;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const said = (await terminal.question(`${offers.join(' / ')} [${first}]? `)).trim().toLowerCase();
      const verdict = said === '' ? first : offers.find((offer) => offer.startsWith(said));
      if (verdict !== undefined) return verdict;
    }
  } finally {
    terminal.close();
  }
}
