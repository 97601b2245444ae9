const MOST_KNOWN = 1000;

/** Reads each text once: what lies in files and jobs is looked at with every call, and seldom written. */
export function readOnce<Read>(read: (text: string) => Read): (text: string) => Read {
  const known = new Map<string, { readonly read: Read }>();
  return (text) => {
    const found = known.get(text);
    if (found) return found.read;
    if (known.size >= MOST_KNOWN) known.clear();
    const fresh = { read: read(text) };
    known.set(text, fresh);
    return fresh.read;
  };
}
