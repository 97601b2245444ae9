import type { Command } from 'commander';
import type { Journal, RunRef } from '../client.ts';
import { historyOf, presentHistory } from '../present.ts';
import { namedRun, withClientOrRecord } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { FAILED } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';

/** `ssis-ha history`: what happened in a run, who decided what and why. */
export const addHistory: AddCommand = (program) => {
  const command = program
    .command('history')
    .summary('tell what happened in a run')
    .description(
      'Tells what happened in a run, one sentence an event: who decided what and why, what was refused, what became of each step; from its record where nobody can answer. Fails where the events are not those that the run recorded.',
    )
    .argument('[RUN]', 'site, run id or workflow id; the run that goes on, else the last one')
    .action(async (argument: string | undefined, _options: unknown, self: Command) => {
      const face = faceOf(self);
      await tell(await journalOf(await namedRun(argument, face), face), face);
    });
  examples(command, 'ssis-ha history', 'ssis-ha history ssis-example --json');
};

interface RunJournal {
  readonly run: RunRef;
  readonly journal: Journal;
}

async function tell({ run, journal }: RunJournal, face: Face): Promise<void> {
  const { checkChain } = await import('../../workflows/journal/chain.ts');
  const { events, count, head, from } = journal;
  const isWhole = checkChain(events, head) === null;
  const history = historyOf(events);
  if (face.json) face.printJson({ ...run, from, isWhole, count, head, history, events });
  else face.print(presentHistory(history, face.style));
  if (isWhole) return;
  process.exitCode = FAILED;
  face.narrate(
    `The ${events.length} events that are kept are not the ${count} that the run recorded (head ${head}). Ask the run itself: start its server and its control worker (ssis-ha up).`,
  );
}

async function journalOf(named: string | null, face: Face): Promise<RunJournal> {
  return withClientOrRecord(
    face,
    async (client) => {
      const run = await client.find(named);
      return { run, journal: await client.journal(run) };
    },
    async () => (await import('../client.ts')).journalInRecord(face.directory, named),
  );
}
