export const FAULT_KINDS = ['refuse', 'drop', 'slow', 'stick', 'restart', 'lose-answer'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Something that goes wrong when a script is run on a host. */
export interface Fault {
  readonly id: number;
  /** Host name, or `*` for any. */
  readonly host: string;
  /** Script name, or `*` for any. */
  readonly script: string;
  readonly kind: FaultKind;
  /** Begins with this occurrence, counted from when the fault was planted; 1 is the next. */
  readonly occurrence: number;
  /** How often it strikes from then on. */
  readonly times: number;
  seen: number;
}

/** The fault that strikes this call, or null. Counts the call for every fault that watches it. */
export function strike(faults: readonly Fault[], host: string, script: string): FaultKind | null {
  let struck: FaultKind | null = null;
  for (const fault of faults) {
    if (fault.host !== '*' && fault.host.toLowerCase() !== host.toLowerCase()) continue;
    if (fault.script !== '*' && fault.script !== script) continue;
    fault.seen += 1;
    const isDue = fault.seen >= fault.occurrence && fault.seen < fault.occurrence + fault.times;
    if (isDue) struck ??= fault.kind;
  }
  return struck;
}
