import { firstNode, versionSuffix } from '../../activities/site.ts';
import { makeCatalog, windowsLogin } from '../model/catalog.ts';
import { installIntegrationServices } from '../model/installed.ts';
import type { Beginning } from './beginning.ts';
import { engineOfOthers } from './existing-instance.ts';

/** A catalog at work on one server, as a colleague made it: projects, simple recovery, no Scale Out. */
export const existingSsisdb: Beginning = {
  name: 'existing-ssisdb',
  title: 'SSISDB is on the first node, with projects, and runs them there',
  build(estate, building) {
    const { site, now } = building;
    const host = estate.hosts[firstNode(site).name];
    if (!host) return;
    const instance = engineOfOthers(host, site, now);
    installIntegrationServices(host, versionSuffix(site), {}, now);
    instance.clrEnabled = true;
    const owner = `${site.directory.netbios}\\dba-1`;
    instance.logins[owner.toLowerCase()] = windowsLogin(owner, ['sysadmin']);
    const password = building.secret(site.catalog.masterKeyPassword);
    const making = { seal: (text: string) => building.seal(text), nextId: () => estate.nextId++ };
    const { catalog } = makeCatalog(instance, owner, password, making);
    catalog.folders = {
      Finance: {
        Ledger: { version: 3, packages: ['Load.dtsx', 'Close.dtsx'] },
        Payments: { version: 1, packages: ['Import.dtsx'] },
      },
      Sales: { Orders: { version: 12, packages: ['Orders.dtsx'] } },
    };
    estate.catalogs[catalog.id] = catalog;
  },
};
