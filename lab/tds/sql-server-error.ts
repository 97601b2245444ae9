/**
 * An error as SQL Server reports it: number, severity (which the protocol calls class), state, line and,
 * inside a procedure, its name. Severity 20 and above also ends the connection.
 *
 * Source: SQL Server documentation, "Database Engine error severities".
 */
export class SqlServerError extends Error {
  override readonly name = 'SqlServerError';
  readonly number: number;
  readonly severity: number;
  readonly state: number;
  readonly line: number;
  readonly procedure: string;

  constructor(number: number, message: string, place: SqlServerErrorPlace = {}) {
    super(message, { cause: place.cause });
    this.number = number;
    this.severity = place.severity ?? 16;
    this.state = place.state ?? 1;
    this.line = place.line ?? 1;
    this.procedure = place.procedure ?? '';
  }

  /** Any failure as an error that can go over the wire; 50000 is the number of user-defined errors. */
  static from(failure: unknown): SqlServerError {
    if (failure instanceof SqlServerError) return failure;
    const message = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
    return new SqlServerError(50_000, message, { cause: failure });
  }
}

export interface SqlServerErrorPlace {
  /** 16 unless told: an error that the user can correct. */
  readonly severity?: number;
  readonly state?: number;
  readonly line?: number;
  readonly procedure?: string;
  readonly cause?: unknown;
}
