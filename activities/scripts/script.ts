import { z } from 'zod';
import { Secret } from '../secret.ts';

/** One command run on a host or an instance: a real file, with the shapes of what goes in and comes out. */
export interface Script<Parameters extends z.ZodType, Result extends z.ZodType> {
  readonly file: string;
  /** A look changes nothing; a change runs behind the fence. */
  readonly effect: 'look' | 'change';
  /** `once`: a repeat harms; only steps that may run once change something with it. */
  readonly repeat: 'once' | null;
  readonly parameters: Parameters;
  readonly result: Result;
}

export function look<Parameters extends z.ZodType, Result extends z.ZodType>(
  file: string,
  parameters: Parameters,
  result: Result,
): Script<Parameters, Result> {
  return { file, effect: 'look', repeat: null, parameters, result };
}

export function change<Parameters extends z.ZodType>(
  file: string,
  parameters: Parameters,
): Script<Parameters, typeof nothing> {
  return { file, effect: 'change', repeat: null, parameters, result: nothing };
}

/** A change that a step makes which may run only once (`repeat: 'once'`). */
export function changeOnce<Parameters extends z.ZodType>(
  file: string,
  parameters: Parameters,
): Script<Parameters, typeof nothing> {
  return { file, effect: 'change', repeat: 'once', parameters, result: nothing };
}

/** A change that also says what came of it; nothing may depend on the answer, since it can be lost. */
export function changeAnswering<Parameters extends z.ZodType, Result extends z.ZodType>(
  file: string,
  parameters: Parameters,
  result: Result,
): Script<Parameters, Result> {
  return { file, effect: 'change', repeat: null, parameters, result };
}

/** No parameters, or an answer without content. */
export const nothing = z.strictObject({});

/** A secret parameter: travels as `Secret`, revealed by the adapter alone. */
export const secret = z.instanceof(Secret);

/** A secret in an answer: sealed as soon as it is parsed. */
export const secretAnswer = z.string().transform((value) => new Secret(value));
