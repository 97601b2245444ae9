/** A shared folder, by the accounts that may do everything in it. */
export interface Share {
  fullControl: string[];
  files: Record<string, LabFile>;
}

export interface LabFile {
  /** Text, or a JSON description of what a binary file would hold; sealed where it is secret. */
  content: string;
  residue?: true;
}
