import type { z } from 'zod';
import type { PowerShellName, powershellScripts, SqlName, sqlScripts } from '../activities/scripts/index.ts';
import type { Estate } from './model/estate.ts';
import type { Instance } from './model/estate/engine.ts';
import type { Host } from './model/estate/host.ts';
import type { Sealer } from './sealed.ts';

/** Where and by whom a script is run, and what it may touch. An answer is one indivisible act. */
export interface Scene extends Sealer {
  readonly estate: Estate;
  readonly host: Host;
  /** `CONTOSO\name` of whoever runs it. */
  readonly account: string;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** Simulated minutes as milliseconds of this lab's pace. */
  readonly lasting: (minutes: number) => number;
  /** Identities that differ: the next number of this estate. */
  readonly nextId: () => number;
}

export interface SqlScene extends Scene {
  readonly instance: Instance;
  readonly login: string;
}

/** How the estate answers one script. */
export interface Answer<S extends Scene, Parameters, Result> {
  /** How long it takes, in simulated minutes, before it takes effect. */
  readonly takesMinutes?: number | ((parameters: Parameters, scene: S) => number);
  /** What the ledger names. */
  readonly target: (parameters: Parameters, scene: S) => string;
  readonly answer: (scene: S, parameters: Parameters) => Result;
}

type Shapes = { readonly parameters: z.ZodType; readonly result: z.ZodType };
/** On the wire a secret parameter is its clear text, and a result is what the script prints. */
type OnTheWire<Given> = Given extends { reveal(): string }
  ? string
  : Given extends readonly (infer Item)[]
    ? OnTheWire<Item>[]
    : Given extends object
      ? { [Name in keyof Given]: OnTheWire<Given[Name]> }
      : Given;

type AnswerOf<S extends Scene, Line extends Shapes> = Answer<
  S,
  OnTheWire<z.input<Line['parameters']>>,
  z.input<Line['result']>
>;

/** One answer for each script of the catalogue: a script without one does not compile. */
export type PowerShellAnswers<Name extends PowerShellName = PowerShellName> = {
  readonly [Key in Name]: AnswerOf<Scene, (typeof powershellScripts)[Key]>;
};

export type SqlAnswers<Name extends SqlName = SqlName> = {
  readonly [Key in Name]: AnswerOf<SqlScene, (typeof sqlScripts)[Key]>;
};

/** An error record as PowerShell makes one. */
export class PowerShellRefusal extends Error {
  override readonly name = 'PowerShellRefusal';
  readonly id: string;
  readonly category: string;
  readonly hresult: number;

  constructor(
    message: string,
    id = 'RuntimeException',
    category = 'OperationStopped',
    hresult = -2146233087,
  ) {
    super(message);
    this.id = id;
    this.category = category;
    this.hresult = hresult;
  }
}

/** An error that leaves what was done before it: a procedure without a transaction. */
export class HalfDone extends Error {
  override readonly name = 'HalfDone';
  readonly error: Error;

  constructor(error: Error) {
    super(error.message);
    this.error = error;
  }
}
