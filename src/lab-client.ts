import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { OperatorError } from '../activities/failures.ts';

/** A fault to plant: it strikes from the given occurrence on, so many times. */
export interface PlantedFault {
  /** Host name, or `*` for any. */
  readonly host: string;
  /** Script name, or `*` for any. */
  readonly script: string;
  readonly kind: LabFaultKind;
  /** Counted from when it is planted; 1 is the next. */
  readonly occurrence: number;
  readonly times: number;
}

export const LAB_FAULT_KINDS = ['refuse', 'drop', 'slow', 'stick', 'restart', 'lose-answer'] as const;
export type LabFaultKind = (typeof LAB_FAULT_KINDS)[number];

export interface LabFault extends PlantedFault {
  readonly id: number;
  /** How many calls it has seen. */
  readonly seen: number;
}

/** The estate of a lab, as `lab show` tells it. */
export type LabEstate = Readonly<Record<string, unknown>> & {
  readonly hosts: Readonly<Record<string, unknown>>;
  readonly endpoints: readonly {
    readonly host: string;
    readonly instance: string;
    readonly address: string;
    readonly port: number;
  }[];
  readonly ledger: readonly LabLedgerEntry[];
};

export interface LabLedgerEntry {
  readonly at: string;
  readonly host: string;
  readonly script: string;
  readonly target: string;
  readonly outcome: string;
}

const PATIENCE_MS = 10_000;

/** The estate of the lab that runs on this folder. Throws an OperatorError when none does. */
export async function showLab(directory: string): Promise<LabEstate> {
  return (await askLab(directory, { type: 'show' })) as LabEstate;
}

/** Plants a fault; answers all faults that are planted. */
export async function plantFault(directory: string, fault: PlantedFault): Promise<readonly LabFault[]> {
  return faultsIn(await askLab(directory, { type: 'add-fault', ...fault }));
}

export async function plantedFaults(directory: string): Promise<readonly LabFault[]> {
  return faultsIn(await askLab(directory, { type: 'list-faults' }));
}

export async function clearFaults(directory: string): Promise<void> {
  await askLab(directory, { type: 'clear-faults' });
}

/** Puts something amiss into the estate, or removes its cause; answers what is amiss now. */
export async function practise(
  directory: string,
  what: 'add' | 'mend',
  name: string,
): Promise<readonly string[]> {
  const answer = await askLab(directory, { type: `${what}-scenario`, name });
  return 'scenarios' in answer ? (answer.scenarios as readonly string[]) : [];
}

function faultsIn(answer: object): readonly LabFault[] {
  return 'faults' in answer ? (answer.faults as readonly LabFault[]) : [];
}

/** One question and its answer, as lines of JSON; the token shows that the caller may read the lab's folder. */
async function askLab(directory: string, question: object): Promise<object> {
  const { port, token } = accessOf(directory);
  const answer = await answerOf(port, JSON.stringify({ ...question, token })).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`The lab in ${directory} does not answer: ${reason}`, startIt(directory));
  });
  if (!('error' in answer)) return answer;
  throw new OperatorError(
    `The lab in ${directory} refuses: ${String(answer.error)}`,
    'Correct the command, then try again.',
  );
}

function answerOf(port: number, line: string): Promise<object> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${line}\n`));
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('it is silent')));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('it closed the line')));
    const lines = createInterface({ input: socket });
    // It tells the socket's errors once more, and would end the process with nobody listening.
    lines.on('error', reject);
    lines.once('line', (heard) => {
      const answer: unknown = JSON.parse(heard);
      if (answer !== null && typeof answer === 'object') resolve(answer);
      socket.end();
    });
  });
}

function accessOf(directory: string): { readonly port: number; readonly token: string } {
  try {
    const access = JSON.parse(readFileSync(join(directory, 'lab', 'access.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    return { port: Number(access['port']), token: String(access['token']) };
  } catch {
    throw new OperatorError(`No lab runs in ${directory}`, startIt(directory));
  }
}

function startIt(directory: string): string {
  return `Start one with "ssis-ha up --dir ${directory}", or name the folder of the one that runs: --dir DIR`;
}
