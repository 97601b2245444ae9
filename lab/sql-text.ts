import { sqlScripts, type SqlName } from '../activities/scripts/index.ts';
import type { TdsResult, TdsStatement } from './tds/handler.ts';
import { SqlServerError } from './tds/sql-server-error.ts';

/** A client may also send the script with its parameters declared before it. */
export function withParameters({ text, parameters }: TdsStatement): { text: string; parameters: string } {
  const declared = /^\s*DECLARE\s+@parameters\s+nvarchar\(max\)\s*=\s*N'((?:[^']|'')*)'\s*;\s*/i.exec(text);
  if (declared)
    return { text: text.slice(declared[0].length), parameters: (declared[1] ?? '').replaceAll("''", "'") };
  const given = parameters.get('parameters');
  return { text, parameters: typeof given === 'string' ? given : '{}' };
}

/** Source: *OPENJSON*: what the script does not name is not read; what is missing is NULL, which it refuses. */
export function parametersOf(name: SqlName, json: string): unknown {
  const parsed = sqlScripts[name].parameters.safeParse(jsonOf(json));
  if (parsed.success || isSecretOnly(parsed.error.issues, jsonOf(json))) return jsonOf(json);
  const wrong = parsed.error.issues.map((issue) => issue.path.join('.') || issue.message);
  throw new SqlServerError(201, `Wrong parameters for ${name}: ${wrong.join(', ')}`);
}

/** A secret arrives as its text, which the catalogue's own shape does not take. */
function isSecretOnly(
  issues: readonly { readonly path: PropertyKey[]; readonly code: string }[],
  given: unknown,
): boolean {
  return issues.every(({ path, code }) => {
    const [first] = path;
    const value =
      given !== null && typeof given === 'object' && first !== undefined
        ? Reflect.get(given, first)
        : undefined;
    return code !== 'unrecognized_keys' && typeof value === 'string';
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SqlServerError(13609, 'JSON text is not properly formatted.');
  }
}

/** What a script answers is one JSON text, in a column called `result`. */
export function resultOf(answer: unknown): TdsResult {
  return textResult(JSON.stringify(answer), 'result');
}

export function textResult(text: string, name = ''): TdsResult {
  return { columns: [{ name, kind: 'nvarchar' }], rows: [[text]] };
}
