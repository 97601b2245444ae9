import type { Ports } from '../../activities/ports.ts';
import { powershellScripts, sqlScripts } from '../../activities/scripts/index.ts';
import { keyOf, Recording, type Call } from './recording.ts';

/**
 * Ports that answer as was answered before, for judging what would be if an answer were another. What was asked
 * several times is answered in turn. A question that differs, since it holds what was answered otherwise, is taken
 * for the one of that script that would be next. Throws NeverAsked where nothing like it was asked.
 */
export function remembering(
  calls: readonly Call[],
  ports: Ports,
): { readonly ports: Ports; readonly heard: Recording } {
  const memory = new Memory(calls);
  const heard = new Recording();
  const answering: Ports = {
    powershell: {
      run: (name, parameters) =>
        promised(() => {
          const { effect, result } = powershellScripts[name];
          return result.parse(
            memory.answer({ kind: 'powershell', name, effect, target: null, given: parameters }),
          ) as never;
        }),
    },
    sql: {
      run: (name, parameters, target) =>
        promised(() => {
          const { effect, result } = sqlScripts[name];
          return result.parse(
            memory.answer({ kind: 'sql', name, effect, target: target ?? null, given: parameters }),
          ) as never;
        }),
    },
    secrets: ports.secrets,
    vault: ports.vault,
    clock: ports.clock,
  };
  return { ports: heard.around(answering), heard };
}

class Memory {
  private readonly left: Call[];
  private readonly calls: readonly Call[];

  constructor(calls: readonly Call[]) {
    this.calls = calls;
    this.left = [...calls];
  }

  answer(asked: Omit<Call, 'answer'>): unknown {
    const key = keyOf(asked);
    const exact = this.left.findIndex((call) => keyOf(call) === key);
    const at = exact === -1 ? this.left.findIndex((call) => isLike(call, asked)) : exact;
    const [call] = at === -1 ? [] : this.left.splice(at, 1);
    const known =
      call ??
      this.calls.findLast((one) => keyOf(one) === key) ??
      this.calls.findLast((one) => isLike(one, asked));
    if (known) return known.answer;
    if (asked.effect === 'change') return {};
    throw new NeverAsked(asked.name);
  }
}

function isLike(call: Call, asked: Omit<Call, 'answer'>): boolean {
  return call.kind === asked.kind && call.name === asked.name;
}

function promised<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve) => resolve(work()));
}

/** A question that the memory holds no answer to. */
export class NeverAsked extends Error {
  override readonly name = 'NeverAsked';
}
