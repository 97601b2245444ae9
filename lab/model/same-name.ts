/** Names, paths and identities that differ in their case alone are the same to the whole estate. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
