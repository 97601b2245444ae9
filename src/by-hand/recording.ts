import type { PowerShellPort, Ports, SqlPort, SqlTarget } from '../../activities/ports.ts';
import {
  powershellScripts,
  sqlScripts,
  type PowerShellName,
  type SqlName,
} from '../../activities/scripts/index.ts';
import { revealedJson } from '../adapters/reveal.ts';

/** One script of the catalogue that a step has run, as it was seen at its ports. */
export interface Call {
  readonly kind: 'powershell' | 'sql';
  readonly name: PowerShellName | SqlName;
  readonly effect: 'look' | 'change';
  /** Where a statement ran; null for the host's own instance, and for PowerShell. */
  readonly target: SqlTarget | null;
  /** Parameters with what paper secrets they hold in clear: never shown as they are. */
  readonly given: unknown;
  readonly answer: unknown;
}

/** What has been run so far, in order. */
export class Recording {
  readonly calls: Call[] = [];

  /** The same ports, every call noted. */
  around(ports: Ports): Ports {
    return {
      ...ports,
      powershell: this.powershell(ports.powershell),
      sql: this.sql(ports.sql),
      vault: FORGETFUL_VAULT,
    };
  }

  private powershell(port: PowerShellPort): PowerShellPort {
    return {
      run: async (name, parameters) => {
        const answer = await port.run(name, parameters);
        const { effect } = powershellScripts[name];
        this.note({ kind: 'powershell', name, effect, target: null, given: parameters, answer });
        return answer;
      },
    };
  }

  private sql(port: SqlPort): SqlPort {
    return {
      run: async (name, parameters, target) => {
        const answer = await port.run(name, parameters, target);
        const { effect } = sqlScripts[name];
        this.note({ kind: 'sql', name, effect, target: target ?? null, given: parameters, answer });
        return answer;
      },
    };
  }

  private note(call: Call): void {
    this.calls.push({ ...call, given: inClear(call.given), answer: inClear(call.answer) });
  }
}

/** What undo needs is the tool's own affair: by hand nothing is kept of it. */
const FORGETFUL_VAULT: Ports['vault'] = {
  keep: () => Promise.resolve(),
  recall: () => Promise.resolve(null),
  forget: () => Promise.resolve(),
};

function inClear(value: unknown): unknown {
  return JSON.parse(revealedJson(value)) as unknown;
}

/** Two calls that ask the same. */
export function keyOf(call: Omit<Call, 'answer' | 'effect'>): string {
  const known = keys.get(call);
  if (known !== undefined) return known;
  const { kind, name, target, given } = call;
  const key = JSON.stringify([kind, name, target, given]);
  keys.set(call, key);
  return key;
}

/** A call never changes, and is compared thousands of times. */
const keys = new WeakMap<object, string>();

/** Calls that ask what none before them has asked. */
export function distinct(calls: readonly Call[]): readonly Call[] {
  const asked = new Set<string>();
  return calls.filter((call) => !asked.has(keyOf(call)) && asked.add(keyOf(call)));
}
