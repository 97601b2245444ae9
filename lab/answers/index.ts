import type { PowerShellAnswers, SqlAnswers } from '../scene.ts';
import * as alwaysOn from './always-on.ts';
import * as catalog from './catalog.ts';
import * as certificates from './certificates.ts';
import * as cluster from './cluster.ts';
import * as copies from './copies.ts';
import * as engine from './engine.ts';
import * as firewall from './firewall.ts';
import * as group from './group.ts';
import * as host from './host.ts';
import * as instance from './instance.ts';
import * as listener from './listener.ts';
import * as loadBalancer from './load-balancer.ts';
import * as log from './log.ts';
import * as master from './master.ts';
import * as node from './node.ts';
import * as parity from './parity.ts';
import * as preflight from './preflight.ts';
import * as proof from './proof.ts';
import * as role from './role.ts';
import * as setup from './setup.ts';
import * as worker from './worker.ts';

/** What the estate answers to each script of the catalogue; one that is missing does not compile. */
export const powershellAnswers: PowerShellAnswers = {
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
};

export const sqlAnswers: SqlAnswers = {
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
};
