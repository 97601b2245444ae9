import type { z } from 'zod';
import * as alwaysOn from './lines/always-on.ts';
import * as catalog from './lines/catalog.ts';
import * as certificates from './lines/certificates.ts';
import * as cluster from './lines/cluster.ts';
import * as copies from './lines/copies.ts';
import * as engine from './lines/engine.ts';
import * as firewall from './lines/firewall.ts';
import * as group from './lines/group.ts';
import * as host from './lines/host.ts';
import * as instance from './lines/instance.ts';
import * as listener from './lines/listener.ts';
import * as loadBalancer from './lines/load-balancer.ts';
import * as log from './lines/log.ts';
import * as master from './lines/master.ts';
import * as node from './lines/node.ts';
import * as parity from './lines/parity.ts';
import * as preflight from './lines/preflight.ts';
import * as proof from './lines/proof.ts';
import * as role from './lines/role.ts';
import * as setup from './lines/setup.ts';
import * as worker from './lines/worker.ts';

/**
 * Every command that the procedure runs on a host, by name. Each is a file in `powershell/`, written for
 * Windows PowerShell 5.1 and 7 alike; parameters go in as one JSON document, the answer comes back as one.
 */
export const powershellScripts = {
  ...host.powershell,
  ...instance.powershell,
  ...cluster.powershell,
  ...certificates.powershell,
  ...setup.powershell,
  ...preflight.powershell,
  ...node.powershell,
  ...firewall.powershell,
  ...engine.powershell,
  ...alwaysOn.powershell,
  ...copies.powershell,
  ...listener.powershell,
  ...loadBalancer.powershell,
  ...master.powershell,
  ...role.powershell,
  ...worker.powershell,
  ...proof.powershell,
} as const;

/** Every statement that the procedure runs on an instance, by name: a file in `sql/`. */
export const sqlScripts = {
  ...instance.sql,
  ...preflight.sql,
  ...node.sql,
  ...engine.sql,
  ...catalog.sql,
  ...alwaysOn.sql,
  ...group.sql,
  ...copies.sql,
  ...listener.sql,
  ...parity.sql,
  ...log.sql,
  ...role.sql,
  ...proof.sql,
  ...worker.sql,
} as const;

export type PowerShellName = keyof typeof powershellScripts;
export type PowerShellParameters<Name extends PowerShellName> = z.input<
  (typeof powershellScripts)[Name]['parameters']
>;
export type PowerShellResult<Name extends PowerShellName> = z.output<
  (typeof powershellScripts)[Name]['result']
>;

export type SqlName = keyof typeof sqlScripts;
export type SqlParameters<Name extends SqlName> = z.input<(typeof sqlScripts)[Name]['parameters']>;
export type SqlResult<Name extends SqlName> = z.output<(typeof sqlScripts)[Name]['result']>;
