import { firstNode, type Site } from '../../activities/site.ts';
import type { Database, Instance } from '../model/estate/engine.ts';
import type { Host } from '../model/estate/host.ts';
import { installEngine } from '../model/installed.ts';
import type { Beginning } from './beginning.ts';

/** Engines as other people keep them: their databases, Windows logins only, nobody's certificate. */
export const existingInstance: Beginning = {
  name: 'existing-instance',
  title: 'An engine is on every node, with databases of other people',
  build(estate, { site, now }) {
    for (const { name } of site.nodes) {
      const host = estate.hosts[name];
      if (!host) continue;
      const instance = engineOfOthers(host, site, now);
      for (const database of name === firstNode(site).name ? ['HR', 'Sales'] : ['Archive'])
        instance.databases[database] = databaseOfOthers(database, 'sa');
    }
  },
};

export function engineOfOthers(host: Host, site: Site, now: number): Instance {
  const { instance: wanted, product, accounts, operator } = site;
  const medium = { edition: product.edition, build: product.build };
  installEngine(
    host,
    wanted.name,
    medium,
    {
      SQLCOLLATION: wanted.collation,
      SQLSYSADMINACCOUNTS: [...wanted.sysadmins, operator.account].join(','),
      SQLSVCACCOUNT: accounts.engine.account,
      AGTSVCACCOUNT: accounts.agent.account,
    },
    now,
  );
  const instance = host.instances[wanted.name];
  if (!instance) throw new Error(`No engine was installed on ${host.name}`);
  if (instance.port === wanted.port) return instance;
  instance.port = wanted.port;
  instance.live.port = wanted.port;
  instance.pending.port = wanted.port;
  return instance;
}

function databaseOfOthers(name: string, owner: string): Database {
  return {
    name,
    state: 'ONLINE',
    recovery: 'FULL',
    owner,
    catalog: null,
    family: name,
    position: 1,
    group: null,
    opensByItself: true,
  };
}
