import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { OperatorError } from '../../activities/failures.ts';
import type { Question, Verdict } from '../../workflows/contract.ts';
import { ANSWERS_AGAIN, type RunClient, type RunRef, type ShownRun, type StartWish } from '../client.ts';
import { presentChanges, presentEnding, presentQuestion } from '../present.ts';
import { withClient } from './client-of.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';
import { follow } from './follow.ts';
import { paceOf, startUp } from './up.ts';

/** Fast enough to be watched whole, slow enough to be seen. */
const DEMO_PACE = '0.002';

/** How often a demo that answers itself tries a step again. */
const RETRIES = 3;

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
      const leave = leaving();
      const running = await startUp(face, { site: null, lab: true, pace: paceOf(options.pace) });
      try {
        const ended = await withClient({ ...face, address: null }, (client) =>
          perform(client, running.state().site ?? '', { ...face, leave, answersItself }),
        );
        if (face.json) process.stdout.write(`${JSON.stringify(ended)}\n`);
        else face.print(presentEnding(ended, face.style));
        process.exitCode = EXIT_CODES[ended.state];
      } finally {
        await running.stop();
      }
    });
}

interface Stage extends Face {
  /** Server, lab and workers are to end with the demo, however it ends. */
  readonly leave: AbortSignal;
  readonly answersItself: boolean;
}

/** Aborted at SIGINT or SIGTERM; a second one ends the process at once. */
function leaving(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

async function perform(client: RunClient, siteFile: string, stage: Stage): Promise<ShownRun> {
  const { readSiteFile } = await import('../site-file.ts');
  const { site, request } = readSiteFile(siteFile);
  if (site.environment !== 'lab') {
    throw new OperatorError(
      `${siteFile} is of the environment ${site.environment}`,
      'Run the demo in another folder.',
    );
  }
  const ref = await startOrFollow(client, { site: site.site, request, mode: 'perform', by: stage.by }, stage);
  const ended = stage.answersItself
    ? await watchAndAnswer(client, ref, stage)
    : await watchAndAsk(client, ref, stage);
  if (ended !== null && ended.endedAt !== null) return ended;
  throw new OperatorError(
    'The demo was left before its run had ended',
    'Start it again: the run goes on where it was.',
  );
}

/** A demo that was left before its run had ended goes on with that run. */
async function startOrFollow(client: RunClient, wish: StartWish, { narrate }: Stage): Promise<RunRef> {
  try {
    return await client.start(wish);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const ref = await client.find(wish.site);
    const { run, isOpen } = await client.look(ref);
    if (!isOpen || run.mode !== wish.mode) throw error;
    narrate(`${error.message}. The demo follows it.`);
    return ref;
  }
}

/**
 * Says yes to every gate and tries again what is stuck, a few times: a machine's consent, good enough for a
 * lab only. What stays stuck ends the run.
 */
async function watchAndAnswer(client: RunClient, ref: RunRef, face: Stage): Promise<ShownRun | null> {
  const answered = new Set<string>();
  const retries = new Map<string, number>();
  let last: ShownRun | null = null;
  for await (const run of client.watch(ref, {
    signal: face.leave,
    silence: (text) => face.narrate(text ?? ANSWERS_AGAIN),
  })) {
    const lines = presentChanges(last, run, 'all', face.style);
    if (face.json) lines.forEach(face.narrate);
    else face.print(lines);
    last = run;
    for (const question of run.questions.filter(({ id }) => !answered.has(id))) {
      answered.add(question.id);
      const tries = (retries.get(question.stepKey) ?? 0) + 1;
      if (question.about === 'stuck') retries.set(question.stepKey, tries);
      const patient = tries <= RETRIES ? 'retry' : 'stop';
      const verdict = question.offers.includes('approve') ? 'approve' : patient;
      await answer(client, ref, question, verdict, {
        by: face.by,
        reason: 'answered by the demo itself',
        automatic: true,
      });
    }
  }
  return last;
}

/** Shows the run, and asks at the terminal when it waits for a person. */
async function watchAndAsk(client: RunClient, ref: RunRef, face: Stage): Promise<ShownRun | null> {
  for (;;) {
    const run = await follow(client, ref, face, { untilWaiting: true, leave: face.leave });
    if (run === null || run.endedAt !== null || run.state !== 'waiting') return run;
    for (const question of run.questions) {
      face.print(presentQuestion(question, run, face.style));
      const verdict = await choose(question, face.leave);
      if (verdict === null) return null;
      await answer(client, ref, question, verdict, { by: face.by, reason: 'answered at the demo' });
    }
  }
}

async function answer(
  client: RunClient,
  ref: RunRef,
  { id, stepKey }: Question,
  verdict: Verdict,
  person: { readonly by: string; readonly reason: string; readonly automatic?: true },
): Promise<void> {
  await client.answer(ref, { stepKey, verdict, questionId: id, planHash: null, ...person });
}

/** Enter takes the first offer, which lets the run go on; null when the person leaves. */
async function choose({ offers }: Question, leave: AbortSignal): Promise<Verdict | null> {
  const [first = 'stop'] = offers;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const gone = new AbortController();
  // While a line is read, Ctrl+C reaches the terminal's reader alone.
  terminal.once('SIGINT', () => gone.abort());
  const signal = AbortSignal.any([leave, gone.signal]);
  try {
    for (;;) {
      const said = (await terminal.question(`${offers.join(' / ')} [${first}]? `, { signal }))
        .trim()
        .toLowerCase();
      const verdict = said === '' ? first : offers.find((offer) => offer.startsWith(said));
      if (verdict !== undefined) return verdict;
    }
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    terminal.close();
  }
}
