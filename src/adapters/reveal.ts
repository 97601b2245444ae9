import { Secret } from '../../activities/secret.ts';

/** The parameters of a script as one JSON document, secrets revealed: only for the wire itself. */
export function revealedJson(parameters: unknown): string {
  return JSON.stringify(revealed(parameters));
}

function revealed(value: unknown): unknown {
  if (value instanceof Secret) return value.reveal();
  if (Array.isArray(value)) return value.map(revealed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revealed(inner)]));
}
