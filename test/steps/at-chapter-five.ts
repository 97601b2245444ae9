import { siteSchema } from '../../activities/site.ts';
import type { Catalog } from '../../lab/model/estate/catalog.ts';
import type { Login } from '../../lab/model/estate/engine.ts';
import type { LabFile } from '../../lab/model/estate/files.ts';
import type { Host } from '../../lab/model/estate/host.ts';
import { Vault } from '../../src/adapters/vault.ts';
import type { PlannedStep } from '../../workflows/contract.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { sampleSite } from '../site-builder.ts';
import { perform, planOf, walk } from './walk.ts';

/** An estate where chapters 0 to 4 are done, and the parts of it that chapters 5 to 8 are about. */
export interface AtChapterFive {
  readonly lab: InProcessLab;
  readonly step: (id: string, host: string) => Promise<PlannedStep>;
  /** Performs what follows, up to the first step that is asked for. */
  readonly performUntil: (until: (planned: PlannedStep) => boolean) => Promise<void>;
  readonly host: (name: string) => Host;
  /** The settings of a host's Master. */
  readonly settings: (host: string) => LabFile;
  /** The execution log's login on a host. */
  readonly login: (host: string) => Login | undefined;
  readonly catalog: () => Catalog;
  readonly storedConnection: () => Promise<string>;
}

export const MASTER_SERVICE = 'SSISScaleOutMaster160';
export const LOG_LOGIN_KEY = '##ms_ssislogdbworkeragentlogin##';

const SETTINGS = 'C:\\Program Files\\Microsoft SQL Server\\160\\DTS\\Binn\\MasterSettings.config';

export async function atChapterFive(parts: Record<string, unknown> = {}): Promise<AtChapterFive> {
  const lab = withVault(openInProcessLab(siteSchema.parse(sampleSite(parts))));
  await walk(lab, ({ chapter }) => chapter === 5);
  const host = (name: string) => found(lab.laboratory.estate.hosts[name]);
  return {
    lab,
    step: async (id, name) =>
      found((await planOf(lab)).find((planned) => planned.id === id && planned.host === name)),
    async performUntil(until) {
      for (const planned of await planOf(lab)) {
        if (until(planned)) return;
        if (planned.chapter >= 5) await perform(lab, planned);
      }
    },
    host,
    settings: (name) => found(host(name).files[SETTINGS]),
    login: (name) => host(name).instances['MSSQLSERVER']?.logins[LOG_LOGIN_KEY],
    catalog: () => found(Object.values(lab.laboratory.estate.catalogs)[0]),
    async storedConnection() {
      const { connection } = await lab.portsOn('NODE-A').sql.run('getLogConnectionText', {});
      return connection?.reveal() ?? '';
    },
  };
}

export function found<Value>(value: Value | undefined | null): Value {
  if (value === undefined || value === null) throw new Error('The estate is not as this test expects it');
  return value;
}

/** The vault as it is: on the host, behind the real adapter. */
function withVault(lab: InProcessLab): InProcessLab {
  return {
    ...lab,
    portsOn(name) {
      const ports = lab.portsOn(name);
      return { ...ports, vault: new Vault(ports.powershell) };
    },
  };
}
