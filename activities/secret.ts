/**
 * A secret value on its way from where it lies to where it is needed. It prints as `[secret]` wherever it
 * is shown, logged or put into JSON; only adapters reveal it, at the last moment.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
