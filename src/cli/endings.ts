import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { RunClient, RunRef } from '../client.ts';
import { answer, withAnswerOptions, type AnswerOptions } from './answers.ts';
import { namedRun, withClient } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf, type Face } from './face.ts';
import { forecastLines } from './forecast.ts';

interface EndOptions extends AnswerOptions {
  readonly yes?: boolean;
}

type End = 'undo' | 'stop';

const DESCRIPTIONS: Readonly<Record<End, { readonly summary: string; readonly description: string }>> = {
  undo: {
    summary: 'end a run and take back what it changed',
    description:
      'Ends the run and takes back what it changed, last change first. With STEPKEY it answers the question of that step; without, it can be said at any time.',
  },
  stop: {
    summary: 'end a run and leave all as it is',
    description:
      'Ends the run and leaves all as it is; what is under way is finished first. With STEPKEY it answers the question of that step; without, it can be said at any time.',
  },
};

/** `ssis-ha undo` and `ssis-ha stop`: the whole run, or as the answer to a step's question. */
export const addEndings: AddCommand = (program) => {
  for (const verdict of ['undo', 'stop'] as const) {
    const { summary, description } = DESCRIPTIONS[verdict];
    const command = program
      .command(verdict)
      .summary(summary)
      .description(description)
      .argument('[STEPKEY]', 'key of a step that asks');
    withAnswerOptions(command)
      .option('--yes', 'do not ask whether it is meant')
      .action(async (stepKey: string | undefined, options: EndOptions, self: Command) => {
        const face = faceOf(self);
        if (stepKey === undefined) await end(verdict, options, face);
        else await answer({ stepKey, verdict, options }, face);
      });
    examples(
      command,
      `ssis-ha ${verdict} --reason "window is over"`,
      `ssis-ha ${verdict} create-cluster@SSIS-NODE-1`,
    );
  }
};

async function end(verdict: End, { yes, reason }: EndOptions, face: Face): Promise<void> {
  const named = await namedRun(undefined, face);
  await withClient(face, async (client) => {
    const ref = await client.find(named);
    if (!yes && !(await isMeant(verdict, ref, client, face)))
      return face.print(['Nothing was said to the run.']);
    const run = await client.end(ref, { verdict, by: face.by, reason: reason ?? '' });
    if (face.json) return face.printJson(run);
    face.print([
      `Told ${ref.workflowId}: ${verdict}. What is under way is finished first.`,
      `To follow it: ${face.style.command('watch')}`,
    ]);
  });
}

/** A slip of the hand should not take back hours of work; a script is taken at its word. */
async function isMeant(verdict: End, ref: RunRef, client: RunClient, face: Face): Promise<boolean> {
  if (!face.isTerminal || !process.stdin.isTTY || face.json) return true;
  if (verdict === 'undo')
    face.print(await forecastLines(client, ref, await client.whatIfStopped(ref), face.style));
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answered = await terminal.question(`Really ${verdict} the whole run ${ref.workflowId}? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answered.trim());
}
