import type { Estate, Host, Instance } from './estate.ts';

/** An engine that starts takes the settings that were waiting for it. */
export function engineStarts(_estate: Estate, _host: Host, instance: Instance, now: number): void {
  instance.running = true;
  instance.startedAt = now;
  instance.live = { ...instance.pending };
}
