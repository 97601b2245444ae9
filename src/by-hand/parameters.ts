import { jsonObject, literal, member } from './powershell-text.ts';
import type { Call } from './recording.ts';
import type { SeenNames } from './seen-names.ts';
import type { Made, Setting } from './setting.ts';
import type { Source } from './sources.ts';
import { leavesOf, type Path } from './values.ts';

/**
 * The statements that make `$given`, the parameters of a call: a document with the values that are known, then each
 * value that must be read from what was seen, or asked for. None where the call takes no parameters.
 */
export function parametersOf(
  { turn, at, call }: Made,
  setting: Setting,
  names: SeenNames,
): readonly string[] {
  if (Object.keys(call.given as object).length === 0) return [];
  const filled: string[] = [];
  let plain: unknown = call.given;
  for (const { path, value } of leavesOf(call.given)) {
    // Where a drill goes was decided on paper: it leads back to where it began.
    const isMove = call.effect === 'change' && setting.planned.proves !== null;
    const source = isMove ? undefined : setting.sources[turn][at]?.get(JSON.stringify(path));
    const origin = ofSecret(value, setting) ?? (source ? ofSource(source, names, { call, path }) : null);
    if (origin === null) continue;
    plain = blanked(plain, path);
    filled.push(`$given${placeIn(path)} = ${origin}`);
  }
  return [`$given = ${jsonObject(plain)}`, ...filled];
}

/** The parameters without what must be read or asked for. */
export function plainOf({ turn, at, call }: Made, { sources }: Setting): unknown {
  const paths = [...(sources[turn][at]?.keys() ?? [])].map((path) => JSON.parse(path) as Path);
  return paths.reduce<unknown>((plain, path) => blanked(plain, path), call.given);
}

export function placeIn(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : member(step))).join('');
}

interface Parameter {
  readonly call: Call;
  readonly path: Path;
}

function ofSource(source: Source, names: SeenNames, { call, path }: Parameter): string {
  const expression = source.kind === 'seen' ? names.expressionOf(source.place) : null;
  if (source.kind === 'unknown' || expression === null) {
    const name = literal(`${call.name}: ${path.join('.')}`);
    return `(Get-Value -Name ${name} -What 'This value is made on the day: type what the looks above show')`;
  }
  return concatenated(source.before, expression, source.after);
}

/** A text with a secret in it; in a connection string that is in quotation marks where it needs them. */
function ofSecret(value: unknown, { secrets }: Setting): string | null {
  if (typeof value !== 'string') return null;
  const [found] = secrets
    .filter((secret) => secret.value !== '' && value.includes(secret.value))
    .toSorted((one, other) => other.value.length - one.value.length);
  if (!found) return null;
  const clear = `(Get-Secret -Name ${literal(found.name)})`;
  if (value === found.value) return clear;
  const [before = '', ...rest] = value.split(found.value);
  return concatenated(before, `(Format-ConnectionValue -Value ${clear})`, rest.join(found.value));
}

function concatenated(before: string, expression: string, after: string): string {
  const parts = [
    ...(before === '' ? [] : [literal(before)]),
    expression,
    ...(after === '' ? [] : [literal(after)]),
  ];
  return parts.length === 1 ? expression : `(${parts.join(' + ')})`;
}

function blanked(value: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return null;
  if (Array.isArray(value))
    return value.map((item, at): unknown => (at === step ? blanked(item, rest) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, inner]) => [
      name,
      name === step ? blanked(inner, rest) : inner,
    ]),
  );
}
