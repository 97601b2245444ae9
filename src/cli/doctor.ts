import type { Command } from 'commander';
import { toned, wrapped } from '../present/style.ts';
import { examples, type AddCommand } from './command.ts';
import { FAILED } from './exit-codes.ts';
import { faceOf, type Face } from './face.ts';

interface DoctorOptions {
  readonly quick?: boolean;
}

/** `ssis-ha doctor`: what is missing on this machine, and how to get it. */
export const addDoctor: AddCommand = (program) => {
  const command = program
    .command('doctor')
    .summary('say what is missing on this machine')
    .description(
      'Says what is missing on this machine, and how to get it. Measures how fast the server hands work over.',
    )
    .option('--quick', 'do not measure the server')
    .action(async (options: DoctorOptions, self: Command) => doctor(options, faceOf(self)));
  examples(command, 'ssis-ha doctor', 'ssis-ha doctor --quick --json');
};

const TONES = { good: 'good', note: 'asks', missing: 'bad' } as const;
const MARKS = { good: 'ok', note: '--', missing: '!!' } as const;

async function doctor({ quick }: DoctorOptions, face: Face): Promise<void> {
  const { examine } = await import('../doctor.ts');
  const { directory, address, style } = face;
  const findings = await examine({ directory, address, measures: quick !== true });
  if (findings.some(({ verdict }) => verdict === 'missing')) process.exitCode = FAILED;
  if (face.json) return face.printJson(findings);
  face.print(
    findings.flatMap(({ name, verdict, found, advice }) => [
      `${toned(MARKS[verdict], TONES[verdict], style)} ${name}: ${found}`,
      ...(advice === null ? [] : wrapped(advice, 3, style.width)),
    ]),
  );
}
