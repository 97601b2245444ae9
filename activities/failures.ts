/**
 * Somebody must do something. `message` says what is, with the value in it; `advice` is one imperative
 * sentence. Never retried by itself: a person answers *retry* when the advice was followed.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** How a passing failure came about, which decides what a step that may run only once does about it. */
export type Passing =
  /** The other side said so itself, by number: nothing is in doubt. */
  | 'reported'
  /** The line broke or nothing answered: the change may or may not have happened. */
  | 'lost'
  /** Another change holds the fence, or something is still under way: nothing was begun. */
  | 'busy';

/** Time may help: tried again until the step's patience ends, then put to a person. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  readonly passing: Passing;
  readonly retryAfterSeconds: number | null;

  constructor(message: string, passing: Passing, retryAfterSeconds: number | null = null) {
    super(message);
    this.passing = passing;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
