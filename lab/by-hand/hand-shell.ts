/** The window in which somebody runs a file by hand: what the file can reach from there. */
export interface HandShell {
  readonly computerName: string;
  /** Runs a script by its text; throws the error record that the shell would show. */
  powershell(script: string, parameters: unknown): Promise<unknown>;
  /** Runs a statement by its text, signed in as the account of the window; answers its first value. */
  sql(statement: {
    readonly server: string;
    readonly port: number;
    readonly verify: boolean;
    readonly text: string;
    readonly values: string;
  }): Promise<string | null>;
  /** What the person at the keyboard types; a secret without an echo. */
  ask(question: string, isSecret: boolean): Promise<string>;
  say(line: string): void;
  /** Lets a moment pass between two looks. */
  pause(): Promise<void>;
}
