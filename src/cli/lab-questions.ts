import type { Command } from 'commander';
import { Option } from 'commander';
import { LAB_FAULT_KINDS, type LabFault, type LabFaultKind } from '../lab-client.ts';
import { Misuse } from '../failures.ts';
import { counted } from '../present/measures.ts';
import { examples } from './command.ts';
import { faceOf } from './face.ts';

const SHOWN_OF_LEDGER = 15;

/** `ssis-ha lab show`, `lab fault …` and `lab scripts`, below the command `lab`. */
export function addLabQuestions(lab: Command): void {
  addShow(lab);
  addScripts(lab);
  const fault = lab
    .command('fault')
    .summary('plant faults in a running lab')
    .description('Plants faults in a running lab.');
  addFaultAdd(fault);
  addFaultList(fault);
  addFaultClear(fault);
  examples(fault, 'ssis-ha lab fault add --host NODE-A --script newCluster --kind drop');
}

function addShow(lab: Command): void {
  const command = lab
    .command('show')
    .summary('show the simulated estate')
    .description('Shows the simulated estate and what was done to it.')
    .action(async (_options: unknown, self: Command) => {
      const face = faceOf(self);
      const { showLab } = await import('../lab-client.ts');
      const estate = await showLab(face.directory);
      if (face.json) return face.printJson(estate);
      const { endpoints, ledger } = estate;
      face.print([
        `Hosts: ${Object.keys(estate.hosts).join(', ')}`,
        ...endpoints.map(
          ({ host, instance, address, port }) => `${host}\\${instance} listens at ${address}:${port}`,
        ),
        `${counted(ledger.length, 'entry', 'entries')} in the ledger, the last ${Math.min(SHOWN_OF_LEDGER, ledger.length)}:`,
        ...ledger
          .slice(-SHOWN_OF_LEDGER)
          .map((entry) => `  ${entry.at} ${entry.host} ${entry.script} ${entry.target}: ${entry.outcome}`),
        `All of it: ${face.style.command('lab show --json')}`,
      ]);
    });
  examples(command, 'ssis-ha lab show --json');
}

function addScripts(lab: Command): void {
  const command = lab
    .command('scripts')
    .summary('list the scripts of the catalogue')
    .description(
      'Lists the scripts of the catalogue; "once" where a step that may run only once changes something with it.',
    )
    .action(async (_options: unknown, self: Command) => {
      const face = faceOf(self);
      const { catalogueOfScripts } = await import('../catalogue.ts');
      const scripts = catalogueOfScripts();
      if (face.json) face.printJson(scripts);
      else face.print(scripts.map(({ name, repeat }) => (repeat === null ? name : `${name} (${repeat})`)));
    });
  examples(command, 'ssis-ha lab scripts --json');
}

interface FaultOptions {
  readonly host: string;
  readonly script: string;
  readonly kind: LabFaultKind;
  readonly occurrence: string;
  readonly times: string;
}

function addFaultAdd(fault: Command): void {
  const command = fault
    .command('add')
    .summary('plant a fault')
    .description('Plants a fault: what goes wrong when a script is run on a host.')
    .requiredOption('--host <HOST>', 'name of the host, or * for any')
    .requiredOption('--script <SCRIPT>', 'name of the script, or * for any ("ssis-ha lab scripts")')
    .addOption(new Option('--kind <KIND>', 'what goes wrong').choices(LAB_FAULT_KINDS).makeOptionMandatory())
    .option('--occurrence <N>', 'from which run of the script on; 1 is the next', '1')
    .option('--times <N>', 'how often it strikes from then on', '1')
    .action(async ({ host, script, kind, occurrence, times }: FaultOptions, self: Command) => {
      const face = faceOf(self);
      const { plantFault } = await import('../lab-client.ts');
      const counts = {
        occurrence: countFrom('--occurrence', occurrence),
        times: countFrom('--times', times),
      };
      const faults = await plantFault(face.directory, { host, script, kind, ...counts });
      if (face.json) face.printJson(faults);
      else face.print(faults.map(inWords));
    });
  examples(
    command,
    'ssis-ha lab fault add --host NODE-A --script newCluster --kind lose-answer --occurrence 1',
  );
}

function addFaultList(fault: Command): void {
  const command = fault
    .command('list')
    .summary('list the planted faults')
    .description('Lists the planted faults and how many calls each has seen.')
    .action(async (_options: unknown, self: Command) => {
      const face = faceOf(self);
      const { plantedFaults } = await import('../lab-client.ts');
      const faults = await plantedFaults(face.directory);
      if (face.json) face.printJson(faults);
      else face.print(faults.length === 0 ? ['No fault is planted.'] : faults.map(inWords));
    });
  examples(command, 'ssis-ha lab fault list');
}

function addFaultClear(fault: Command): void {
  const command = fault
    .command('clear')
    .summary('take all planted faults away')
    .description('Takes all planted faults away; what stuck goes on. What they have done stays done.')
    .action(async (_options: unknown, self: Command) => {
      const face = faceOf(self);
      const { clearFaults } = await import('../lab-client.ts');
      await clearFaults(face.directory);
      if (face.json) face.printJson([]);
      else face.print(['No fault is planted any more.']);
    });
  examples(command, 'ssis-ha lab fault clear');
}

function inWords({ id, host, script, kind, occurrence, times, seen }: LabFault): string {
  return `${id}: ${kind} at ${script} on ${host}, from occurrence ${occurrence}, ${counted(times, 'time')}; ${counted(seen, 'call')} seen`;
}

function countFrom(option: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new Misuse(`${option} ${text} is no count`, `Give ${option} a whole number from 1.`);
}
