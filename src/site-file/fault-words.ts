/** A fault of the schema, as far as it is read here. Source: zod 4, *Error customization*, issue types. */
export interface ShapeIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly ShapeIssue[])[];
}

/** A fault before it has words. */
interface RawIssue {
  readonly code?: string | undefined;
  readonly [property: string]: unknown;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text; put it in quotes if it looks like something else',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
};

/** Words for the faults that the schema does not word itself; each is read after the path of the value. */
export function faultWords(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[String(issue['expected'])] ?? String(issue['expected'])}`;
    case 'invalid_value':
      return oneOf(issue['values']);
    case 'invalid_union':
      return unionWords(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return issue['origin'] === 'number' || issue['origin'] === 'int'
        ? `is more than ${String(issue['maximum'])}`
        : `has more than ${String(issue['maximum'])} ${unitOf(issue)}`;
    case 'invalid_format':
      return issue['format'] === 'email'
        ? 'is not a mail address'
        : `is not in the form of a ${String(issue['format'])}`;
    case 'unrecognized_keys':
      return 'has keys that mean nothing here';
    case undefined:
    default:
      return 'is not what is wanted here';
  }
}

function tooSmall(issue: RawIssue): string {
  const minimum = Number(issue['minimum']);
  if (issue['origin'] === 'number' || issue['origin'] === 'int') {
    return issue['inclusive'] === false ? `is not more than ${minimum}` : `is less than ${minimum}`;
  }
  return minimum === 1 ? 'must not be empty' : `has fewer than ${minimum} ${unitOf(issue)}`;
}

function unitOf(issue: RawIssue): string {
  return issue['origin'] === 'string' ? 'characters' : 'entries';
}

function oneOf(values: unknown): string {
  const wanted = Array.isArray(values) ? values.map(String) : [];
  return wanted.length === 1 ? `must be ${wanted[0]}` : `is none of ${wanted.join(', ')}`;
}

/** Literals that a value may be, or the keys that tell the forms of a map apart. */
function unionWords(issue: RawIssue): string {
  if (Array.isArray(issue['options'])) return oneOf(issue['options']);
  const branches = Array.isArray(issue['errors'])
    ? (issue['errors'] as readonly (readonly RawIssue[])[])
    : [];
  const literals = branches.flatMap((issues) => issues.flatMap((inner) => inner['values'] ?? []));
  if (literals.length > 0) return oneOf(literals);
  const keys = branches.flatMap((issues) =>
    issues
      .filter((inner) => inner.code === 'invalid_type')
      .map((inner) => (inner['path'] as PropertyKey[])[0]),
  );
  const named = keys.filter((key) => key !== undefined).map(String);
  return named.length > 0
    ? `must have one of the keys ${named.join(', ')}`
    : 'is in none of the forms that are known';
}
