import { PowerShellRefusal } from '../scene.ts';
import type { Commands } from './commands.ts';
import { connectionValue, text, type Given } from './given.ts';

/** Runs a function of `by-hand.ps1` by its name. Throws a refusal where there is none, or it takes no such parameter. */
export function runCommand(commands: Commands, name: string, given: Given): unknown {
  const command = COMMANDS[name];
  if (!command)
    throw new PowerShellRefusal(
      `The term '${name}' is not recognized as a name of a cmdlet, function, script file, or executable program.`,
      'CommandNotFoundException',
      'ObjectNotFound',
    );
  const wrong = [...given.keys()].find((parameter) => !command.takes.includes(parameter));
  if (wrong === undefined) return command.run(commands, given);
  throw new PowerShellRefusal(
    `A parameter cannot be found that matches parameter name '${wrong}'.`,
    'NamedParameterNotFound',
    'InvalidArgument',
  );
}

interface Command {
  readonly takes: readonly string[];
  readonly run: (commands: Commands, given: Given) => unknown;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  'Start-Step': { takes: ['Title', 'ComputerName'], run: (all, given) => all.startStep(given) },
  'Confirm-ByHand': { takes: ['Question'], run: (all, given) => all.confirm(text(given, 'Question')) },
  'Show-Seen': { takes: ['What'], run: (all, given) => all.show(given.get('What')) },
  'Get-Secret': {
    takes: ['Name'],
    run: (all, given) => all.asked(text(given, 'Name'), `Secret ${text(given, 'Name')}`, true),
  },
  'Get-Value': {
    takes: ['Name', 'What'],
    run: (all, given) =>
      all.asked(text(given, 'Name'), `${text(given, 'What')} (${text(given, 'Name')})`, false),
  },
  'Format-ConnectionValue': { takes: ['Value'], run: (_all, given) => connectionValue(text(given, 'Value')) },
  'Invoke-Script': { takes: ['Script', 'Given'], run: (all, given) => all.invokeScript(given) },
  'Invoke-Statement': {
    takes: ['Statement', 'Server', 'Port', 'Verify', 'Given'],
    run: (all, given) => all.invokeStatement(given),
  },
  'Find-Catalog': {
    takes: ['Statement', 'Servers', 'Port', 'Verify', 'Expected', 'Group'],
    run: (all, given) => all.findCatalog(given),
  },
  'Get-One': { takes: ['Items', 'Where', 'Is'], run: (all, given) => all.getOne(given) },
  'Get-Wanted': { takes: ['From'], run: (all, given) => all.getWanted(given) },
  'Invoke-Late': { takes: ['Look'], run: (all, given) => all.invokeLate(given) },
  'Wait-Until': { takes: ['What', 'Look', 'Wanted', 'Minutes'], run: (all, given) => all.waitUntil(given) },
  'Assert-Setup': { takes: ['Ended'], run: (all, given) => all.assertSetup(given) },
  'Assert-NotYet': { takes: ['Seen', 'What'], run: (all, given) => all.assertNotYet(given) },
  'Stop-ForRestart': { takes: ['Pending', 'File'], run: (all, given) => all.stopForRestart(given) },
  'Complete-Step': {
    takes: ['Look', 'Wanted', 'Change', 'Question', 'Minutes'],
    run: (all, given) => all.completeStep(given),
  },
  'Test-Step': { takes: ['Look', 'Wanted', 'Advice'], run: (all, given) => all.testStep(given) },
  'Test-Missing': { takes: ['Of', 'Gone'], run: (all, given) => all.testMissing(given) },
};
