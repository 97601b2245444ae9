import { randomUUID } from 'node:crypto';
import type { PaperEstate } from '../../src/by-hand/paper-estate.ts';
import { recognizePowerShell, recognizeSql } from '../../lab/catalogue.ts';
import type { HandShell } from '../../lab/by-hand/hand-shell.ts';
import { PowerShellRefusal } from '../../lab/scene.ts';
import { boundParameters } from '../../lab/shell-server.ts';
import { parametersOf } from '../../lab/sql-text.ts';
import { engineAt, secretOf, type InProcessLab } from '../lab/in-process.ts';
import { restart } from '../steps/walk.ts';

/** The lab in process as an estate of paper. */
export function paperOf(lab: InProcessLab): PaperEstate {
  return {
    portsOn: lab.portsOn,
    secretOf,
    restart: (host) => Promise.resolve(restart(lab, host)),
  };
}

/** Somebody at the keyboard: agrees, knows the secrets, and waits for nothing. */
export interface Person {
  readonly answer: (question: string, isSecret: boolean) => string;
  readonly said: string[];
}

/** Names of secrets are their references here. */
export function agreeing(answer?: (question: string) => string | null): Person {
  return {
    said: [],
    answer: (question, isSecret) =>
      answer?.(question) ?? (isSecret ? secretOf(question.replace(/^Secret /, '')) : 'yes'),
  };
}

/** A window on a host of the lab, without wires. */
export function handShell(lab: InProcessLab, computerName: string, person: Person): HandShell {
  const signal = new AbortController().signal;
  const { laboratory, site } = lab;
  return {
    computerName,
    async powershell(script, parameters) {
      const known = recognizePowerShell(script);
      if (!known) throw new PowerShellRefusal('The estate does not know this script');
      const given = boundParameters(known.name, parameters);
      const id = randomUUID();
      return copy(
        await laboratory.call({
          kind: 'powershell',
          id,
          host: computerName,
          script: known.name,
          parameters: given,
          signal,
        }),
      );
    },
    async sql({ server, port, text, values }) {
      const known = recognizeSql(text);
      if (!known) throw new PowerShellRefusal('The estate does not know this statement');
      const at = engineAt(laboratory, { server, port }, site);
      const login = site.operator.account;
      const parameters = parametersOf(known.name, values);
      return JSON.stringify(
        await laboratory.call({ kind: 'sql', ...at, login, script: known.name, parameters, signal }),
      );
    },
    ask: (question, isSecret) => {
      person.said.push(`? ${question}`);
      return Promise.resolve(person.answer(question, isSecret));
    },
    say: (line) => void person.said.push(line),
    pause: () => Promise.resolve(laboratory.tick()),
  };
}

function copy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
