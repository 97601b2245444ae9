import type { Ports } from './ports.ts';

/** How a host's own engine is meant to be reached. */
export interface EngineAccess {
  readonly instance: string;
  readonly port: number;
  /** Whether its certificate is verified. */
  readonly verifies: boolean;
}

/** Whether statements can be run on a host's own engine, and why not. */
export type EngineRoad =
  | 'open'
  /** No such instance is installed. */
  | 'none'
  | 'not running'
  /** It listens elsewhere, or presents a certificate that nobody can verify: setup has only just made it. */
  | 'not reachable yet';

/**
 * Asks the machine itself, so that an engine which is only half set up is told from one that is lost: a
 * connection would fail alike.
 */
export async function roadToEngine({ powershell }: Ports, access: EngineAccess): Promise<EngineRoad> {
  const { instance, port, verifies } = access;
  const { engine: found } = await powershell.run('getEngine', { instance, certificate: null });
  if (!found) return 'none';
  if (!found.live) return 'not running';
  if (!found.live.ports.includes(port)) return 'not reachable yet';
  if (!verifies) return 'open';
  const { certificate } = found.configured;
  if (certificate === null) return 'not reachable yet';
  const { engine } = await powershell.run('getEngine', { instance, certificate });
  return engine?.live?.certificateIsLoaded === false ? 'not reachable yet' : 'open';
}
