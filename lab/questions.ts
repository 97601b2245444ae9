import type { Socket } from 'node:net';
import { z } from 'zod';
import { FAULT_KINDS } from './faults.ts';
import type { Laboratory } from './laboratory.ts';
import type { Practice } from './scenarios/practice.ts';
import type { SqlEndpoints } from './sql-endpoints.ts';
import { writeLine } from './wire.ts';

const question = z.discriminatedUnion('type', [
  z.object({ type: z.literal('show') }),
  z.object({ type: z.literal('watch') }),
  z.object({
    type: z.literal('add-fault'),
    host: z.string(),
    script: z.string(),
    kind: z.enum(FAULT_KINDS),
    occurrence: z.int().min(1),
    times: z.int().min(1),
  }),
  z.object({ type: z.literal('list-faults') }),
  z.object({ type: z.literal('clear-faults') }),
  z.object({ type: z.literal('add-scenario'), name: z.string() }),
  z.object({ type: z.literal('mend-scenario'), name: z.string() }),
]);

/** What a running lab is made of. */
export interface LabParts {
  readonly laboratory: Laboratory;
  readonly endpoints: SqlEndpoints;
  readonly practice: Practice;
}

/** Answers whoever looks at the estate or plants faults in it. */
export function questionsOf(
  socket: Socket,
  message: unknown,
  { laboratory, endpoints, practice }: LabParts,
): void {
  const asked = question.safeParse(message);
  if (!asked.success) return writeLine(socket, { error: 'The lab does not know this question' });
  const { state } = laboratory.store;
  switch (asked.data.type) {
    case 'show':
      laboratory.tick();
      return writeLine(socket, shown(laboratory, endpoints));
    case 'watch':
      return watch(socket, laboratory);
    case 'add-fault': {
      const { host, script, kind, occurrence, times } = asked.data;
      const id = 1 + Math.max(0, ...state.faults.map((fault) => fault.id));
      state.faults.push({ id, host, script, kind, occurrence, times, seen: 0 });
      break;
    }
    case 'clear-faults':
      laboratory.clearFaults();
      break;
    case 'list-faults':
      break;
    case 'add-scenario':
    case 'mend-scenario':
      return writeLine(socket, practised(practice, asked.data.type, asked.data.name));
  }
  laboratory.store.save();
  writeLine(socket, { faults: state.faults });
}

function practised(practice: Practice, what: 'add-scenario' | 'mend-scenario', name: string): object {
  try {
    if (what === 'add-scenario') practice.add(name);
    else practice.mend(name);
    return { scenarios: practice.names };
  } catch (error) {
    if (error instanceof RangeError) return { error: error.message };
    throw error;
  }
}

function shown(laboratory: Laboratory, endpoints: SqlEndpoints) {
  const { estate, faults, pace } = laboratory.store.state;
  return {
    ...estate,
    faults,
    endpoints: endpoints.list,
    clock: { pace },
    now: new Date().toISOString(),
    ledger: laboratory.store.ledger.map(({ at, host, script, target, outcome }) => ({
      at,
      host,
      script,
      target,
      outcome,
    })),
  };
}

/** Tells which hosts are up: at once, and whenever that changes. */
function watch(socket: Socket, laboratory: Laboratory): void {
  const tell = () =>
    writeLine(socket, {
      hosts: Object.fromEntries(
        Object.values(laboratory.estate.hosts).map((host) => [
          host.name,
          host.restartingUntil === null ? 'up' : 'down',
        ]),
      ),
    });
  laboratory.on('down', tell);
  laboratory.on('up', tell);
  socket.once('close', () => {
    laboratory.off('down', tell);
    laboratory.off('up', tell);
  });
  tell();
}
