import type { Command } from 'commander';
import type { Verdict } from '../../workflows/contract.ts';
import { presentAnswer } from '../present.ts';
import { namedRun, withClient } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf, type Face } from './face.ts';
import { lookAfterAnswer } from './look-after.ts';

export interface AnswerOptions {
  readonly reason?: string;
  readonly question?: string;
  readonly planHash?: string;
}

/** The commands that answer a step's question and nothing else. */
const ANSWERS: readonly {
  readonly verdict: Verdict;
  readonly summary: string;
  readonly description: string;
}[] = [
  {
    verdict: 'approve',
    summary: 'let a step go on',
    description: 'Answers a step that asks before it changes, restarts or takes something back: go on.',
  },
  {
    verdict: 'reject',
    summary: 'do not let a step go on',
    description:
      'Answers a step that asks: do not, and why. Nothing is changed; the step is then stuck and asks again.',
  },
  {
    verdict: 'retry',
    summary: 'let a step that is stuck try again',
    description: 'Lets a step that is stuck try again, once the cause is removed.',
  },
  {
    verdict: 'skip',
    summary: 'go on without a step',
    description: 'Goes on without a step, where the step says that those after it can live with that.',
  },
];

export const addAnswers: AddCommand = (program) => {
  for (const { verdict, summary, description } of ANSWERS) {
    const command = program
      .command(verdict)
      .summary(summary)
      .description(description)
      .argument('<STEPKEY>', 'key of the step, as "ssis-ha status" shows it');
    withAnswerOptions(command).action(async (stepKey: string, options: AnswerOptions, self: Command) =>
      answer({ stepKey, verdict, options }, faceOf(self)),
    );
    examples(command, `ssis-ha ${verdict} create-cluster@SSIS-NODE-1 --reason "CHG-0001"`);
  }
};

export function withAnswerOptions(command: Command): Command {
  return command
    .option('--reason <TEXT>', 'why; kept with the answer')
    .option('--question <ID>', 'id of the question (the one that the step asks now)')
    .option('--plan-hash <HASH>', 'the plan that was looked at (the one that the run performs)');
}

export interface GivenAnswer {
  readonly stepKey: string;
  readonly verdict: Verdict;
  readonly options: AnswerOptions;
}

/** Answers the open question of the step, whichever it is. */
export async function answer({ stepKey, verdict, options }: GivenAnswer, face: Face): Promise<void> {
  const named = await namedRun(undefined, face);
  const run = await withClient(face, async (client) => {
    const ref = await client.find(named);
    await client.answer(ref, {
      stepKey,
      verdict,
      by: face.by,
      reason: options.reason ?? '',
      questionId: options.question ?? null,
      planHash: options.planHash ?? null,
    });
    return lookAfterAnswer(client, ref);
  });
  if (face.json) face.printJson(run);
  else face.print(presentAnswer(run, stepKey, face.style));
}
