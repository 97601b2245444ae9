import { Command } from 'commander';
import { packageVersion } from '../package-root.ts';
import { addAnswers } from './answers.ts';
import { addApproveAhead } from './approve-ahead.ts';
import { addByHand } from './by-hand.ts';
import { addCheck } from './check.ts';
import type { AddCommand } from './command.ts';
import { addCompletion } from './completion.ts';
import { addDemo } from './demo.ts';
import { addDoctor } from './doctor.ts';
import { addEndings } from './endings.ts';
import { addGlobalOptions } from './face.ts';
import { addHistory } from './history.ts';
import { addInit } from './init.ts';
import { addLab } from './lab.ts';
import { addList } from './list.ts';
import { addPlan } from './plan.ts';
import { addRehearse } from './rehearse.ts';
import { addReport } from './report.ts';
import { addRequests } from './requests.ts';
import { addRestarts } from './restarts.ts';
import { addSchema } from './schema.ts';
import { addStart } from './start.ts';
import { addStatus } from './status.ts';
import { addUi } from './ui.ts';
import { addUp } from './up.ts';
import { addUser } from './user.ts';
import { addVerify } from './verify.ts';
import { addVerifyReport } from './verify-report.ts';
import { addWatch } from './watch.ts';
import { addWhatIfStopped } from './what-if-stopped.ts';
import { addWorker } from './worker.ts';

/** The commands, in the order in which a person meets them. */
const COMMANDS: readonly AddCommand[] = [
  addDemo,
  addInit,
  addCheck,
  addSchema,
  addRequests,
  addPlan,
  addRehearse,
  addStart,
  addVerify,
  addList,
  addWatch,
  addStatus,
  addHistory,
  addReport,
  addVerifyReport,
  addRestarts,
  addAnswers,
  addApproveAhead,
  addEndings,
  addWhatIfStopped,
  addByHand,
  addUp,
  addUi,
  addUser,
  addWorker,
  addLab,
  addDoctor,
];

/** The whole command line. Misuse throws a CommanderError when its words are on standard error. */
export function buildProgram(): Command {
  const program = withCommands(COMMANDS);
  addCompletion(() => withCommands(COMMANDS))(program);
  return program;
}

function withCommands(commands: readonly AddCommand[]): Command {
  const program = new Command('ssis-ha')
    .description(
      'Makes SQL Server Integration Services Scale Out highly available: a runbook that survives restarts.',
    )
    .version(packageVersion)
    .exitOverride()
    .showHelpAfterError('"ssis-ha COMMAND --help" shows how it is used.')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false });
  addGlobalOptions(program);
  for (const add of commands) add(program);
  program.addHelpText('after', '\nTo see it all at work, on a simulated estate:\n  $ ssis-ha demo');
  return program;
}
