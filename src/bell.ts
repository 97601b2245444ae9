import { setTimeout as pause } from 'node:timers/promises';

/** Rung by whoever notices something; what was rung while nobody listened is heard at once. */
export class Bell {
  private isRung = false;
  private wake: () => void = () => undefined;

  readonly ring = (): void => {
    this.isRung = true;
    this.wake();
  };

  /** Returns when it was rung since the last call, or after `quietMs`. */
  async heard(quietMs: number): Promise<void> {
    if (!this.isRung) {
      const timeout = new AbortController();
      const rung = new Promise<void>((resolve) => (this.wake = resolve));
      await Promise.race([
        rung,
        pause(quietMs, undefined, { signal: timeout.signal }).catch(() => undefined),
      ]);
      timeout.abort();
    }
    this.isRung = false;
  }
}
