/** What was thrown, as one line that is fit to be shown. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // `fetch` says only "fetch failed"; what failed is one level down.
  const said = error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
  return said.split('\n')[0] ?? said;
}
