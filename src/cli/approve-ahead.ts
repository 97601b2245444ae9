import { Option, type Command } from 'commander';
import type { RunClient, RunRef, ShownRun } from '../client.ts';
import { Misuse } from '../failures.ts';
import { presentAhead } from '../present.ts';
import { CHANGE_KINDS, type ChangeKind } from '../../workflows/contract.ts';
import { namedRun, withClient } from './client-of.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf, type Face } from './face.ts';
import { lookAfterAnswer } from './look-after.ts';

interface AheadOptions {
  readonly kind?: readonly ChangeKind[];
  readonly from?: Date;
  readonly until?: Date;
  readonly reason?: string;
  readonly planHash?: string;
  readonly list?: boolean;
  readonly withdraw?: string;
}

/** `ssis-ha approve-ahead`: gates and restarts approved before they are asked; lists and withdraws them too. */
export const addApproveAhead: AddCommand = (program) => {
  const command = program
    .command('approve-ahead')
    .summary('approve what a run will ask, before it does')
    .description(
      'Approves gates and restarts before they are asked, of the steps named or of kinds of change, between two moments; the site file says whether and for how long (approvals.ahead). It counts as your approval, by the same rules. It never covers objects that were there before, warnings, steps that are stuck, or undo. Shows all that were given.',
    )
    .argument('[STEPKEY...]', 'keys of steps, as "ssis-ha status" shows them')
    .addOption(new Option('--kind <KIND...>', 'kinds of change').choices(CHANGE_KINDS))
    .option('--from <MOMENT>', 'ISO 8601; without a zone that of this machine (now)', momentOf)
    .option('--until <MOMENT>', 'ISO 8601', momentOf)
    .option('--reason <TEXT>', 'why; kept with the approval and with each use of it')
    .option('--plan-hash <HASH>', 'the plan that was looked at (the one that the run performs)')
    .option('--list', 'only show those that were given')
    .option('--withdraw <ID>', 'take one back; the beginning of its id is enough')
    .action(async (stepKeys: readonly string[], options: AheadOptions, self: Command) => {
      const face = faceOf(self);
      const named = await namedRun(undefined, face);
      await withClient(face, async (client) => {
        const ref = await client.find(named);
        const run = await ask(client, ref, { stepKeys, options, face });
        if (face.json) face.printJson(run.ahead ?? []);
        else face.print(presentAhead(run.ahead ?? [], face.style));
      });
    });
  examples(
    command,
    'ssis-ha approve-ahead drill-crossed@NODE-A --from 2030-01-05T22:00 --until 2030-01-06T04:00 --reason CHG-1',
    'ssis-ha approve-ahead --kind host-restart engine-restart --until 2030-01-06T04:00 --reason CHG-1',
    'ssis-ha approve-ahead --list',
    'ssis-ha approve-ahead --withdraw 3f1c --reason "the load is not over"',
  );
};

interface Said {
  readonly stepKeys: readonly string[];
  readonly options: AheadOptions;
  readonly face: Face;
}

async function ask(client: RunClient, ref: RunRef, said: Said): Promise<ShownRun> {
  if (said.options.list === true) return (await client.look(ref)).run;
  await say(client, ref, said);
  return lookAfterAnswer(client, ref);
}

async function say(client: RunClient, ref: RunRef, { stepKeys, options, face }: Said): Promise<void> {
  const { withdraw, until, kind = [], from = null, reason = '', planHash = null } = options;
  if (withdraw !== undefined) return client.withdrawAhead(ref, { id: withdraw, by: face.by, reason });
  if (until === undefined) {
    throw new Misuse('It is not said when the approval ends', 'Say it: --until 2030-01-06T04:00');
  }
  return client.approveAhead(ref, {
    steps: stepKeys,
    kinds: kind,
    from,
    until,
    by: face.by,
    reason,
    planHash,
  });
}

function momentOf(text: string): Date {
  const moment = new Date(text);
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(moment.getTime());
  if (isWhole) return moment;
  throw new Misuse(`"${text}" is no moment`, 'Write it so: 2030-01-05T22:00 or 2030-01-05T22:00:00Z');
}
