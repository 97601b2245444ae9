import { EngineSessions, type EnginePlace } from './engine-sessions.ts';
import type { Laboratory } from './laboratory.ts';
import { serverNameOf } from './model/engine.ts';
import type { Instance } from './model/estate/engine.ts';
import type { Host } from './model/estate/host.ts';
import { addressesOf } from './model/listeners.ts';
import type { Pki } from './pki.ts';
import type { Sealer } from './sealed.ts';
import { listenTds, type TdsEndpoint } from './tds/endpoint.ts';
import type { TdsHandler } from './tds/handler.ts';

/** Where an instance, or the listener's primary, can be reached now. */
interface Wanted extends EnginePlace {
  readonly key: string;
  readonly address: string;
  readonly port: number;
}

interface Serving extends Wanted {
  readonly endpoint: TdsEndpoint;
  /** Another start of the engine is another endpoint: its sessions are gone. */
  readonly startedAt: number;
}

export interface EngineAtHand {
  readonly handler: TdsHandler;
  /** It has a certificate that clients can verify, and not only one that it made for itself. */
  readonly isVerifiable: boolean;
  readonly isOpen: () => boolean;
}

/** Keeps a TDS endpoint open for each engine that runs and each listener that has a primary. */
export class SqlEndpoints {
  private readonly laboratory: Laboratory;
  private readonly sessions: EngineSessions;
  private readonly pki: Pki;
  private readonly loopback: (ip: string) => string;
  private readonly serving = new Map<string, Serving>();
  private syncing = Promise.resolve();

  constructor(laboratory: Laboratory, sealer: Sealer, pki: Pki, loopback: (ip: string) => string) {
    this.laboratory = laboratory;
    this.sessions = new EngineSessions(laboratory, sealer);
    this.pki = pki;
    this.loopback = loopback;
    for (const event of ['changed', 'down', 'up'] as const) laboratory.on(event, () => void this.sync());
  }

  get list(): { host: string; instance: string; address: string; port: number }[] {
    return [...this.serving.values()].map(({ host, instance, address, port }) => ({
      host,
      instance,
      address,
      port,
    }));
  }

  /**
   * The engine that answers at a name now, for sessions that come by another road than the wire; null where
   * nothing listens. `isOpen`: it has not ended since.
   */
  engineAt(server: string, port: number): EngineAtHand | null {
    const { dns, domain } = this.laboratory.estate.directory;
    const name = server.toLowerCase().replace(`.${domain.toLowerCase()}`, '');
    const addresses = (dns[name]?.addresses ?? []).map(this.loopback);
    const served = [...this.serving.values()].find(
      (serving) => serving.port === port && addresses.includes(serving.address),
    );
    if (!served) return null;
    return {
      handler: this.sessions.handlerOf(served),
      isVerifiable: typeof this.sessions.find(served)?.instance.live.certificate === 'string',
      isOpen: () => this.serving.get(served.key) === served,
    };
  }

  /** Opens and closes endpoints until they are as the estate has them. */
  sync(): Promise<void> {
    this.syncing = this.syncing.then(() => this.syncNow());
    return this.syncing;
  }

  async close(): Promise<void> {
    await Promise.all([...this.serving.values()].map(({ endpoint }) => endpoint.close()));
  }

  private async syncNow(): Promise<void> {
    const wanted = this.wanted();
    for (const served of this.serving.values()) {
      const still = wanted.find(({ key }) => key === served.key);
      if (still && this.startedAt(still) === served.startedAt) continue;
      this.serving.delete(served.key);
      await served.endpoint.close();
    }
    for (const want of wanted) {
      if (!this.serving.has(want.key)) await this.serve(want);
    }
  }

  private async serve(want: Wanted): Promise<void> {
    const found = this.sessions.find(want);
    if (!found) return;
    const [major = 16, minor = 0, build = 0] = found.instance.version.split('.').map(Number);
    const endpoint = await listenTds({
      address: want.address,
      port: want.port,
      serverName: serverNameOf(found.host, found.instance),
      version: { major, minor, build },
      certificate: () => this.pki.certificateOf(this.sessions.find(want)?.instance.live.certificate ?? null),
      handler: this.sessions.handlerOf(want),
    });
    this.serving.set(want.key, { ...want, endpoint, startedAt: found.instance.startedAt });
  }

  private wanted(): Wanted[] {
    const { hosts, groups } = this.laboratory.estate;
    const engines = Object.values(hosts)
      .filter((host) => host.restartingUntil === null)
      .flatMap((host) =>
        Object.values(host.instances)
          .filter(({ running }) => running)
          .map((instance) => ({ host, instance })),
      );
    const own = engines.map(({ host, instance }) =>
      wantedAt(host, instance, this.loopback(host.ip), instance.port),
    );
    const listeners = Object.values(groups).flatMap((group) => {
      const primary = engines.find(({ host, instance }) => serverNameOf(host, instance) === group.primary);
      if (!primary || !group.listener) return [];
      const { port } = group.listener;
      const online = addressesOf(group, this.laboratory.estate, primary.host.name).filter(
        ({ state }) => state === 'ONLINE',
      );
      return online.map(({ ip }) => wantedAt(primary.host, primary.instance, this.loopback(ip), port));
    });
    return [...own, ...listeners];
  }

  private startedAt(want: Wanted): number | null {
    return this.sessions.find(want)?.instance.startedAt ?? null;
  }
}

function wantedAt(host: Host, instance: Instance, address: string, port: number): Wanted {
  const key = `${host.name}\\${instance.name} at ${address},${port}`;
  return { key, host: host.name, instance: instance.name, address, port };
}
