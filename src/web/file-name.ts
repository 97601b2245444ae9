/** A name for a download, with nothing in it that a file system or a header would take for something else. */
export function fileName(name: string, ending: string): string {
  return `${name.replaceAll(/[^A-Za-z0-9-]+/g, '_')}.${ending}`;
}
