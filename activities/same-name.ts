/** Whether two names mean the same: Windows, the directory and SQL Server do not tell cases apart in theirs. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
