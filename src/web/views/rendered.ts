/** A view as text. Nothing in a view is awaited. */
export function rendered(content: { toString(): unknown }): string {
  const text = content.toString();
  if (typeof text === 'string') return text;
  throw new TypeError('A view awaits something');
}
