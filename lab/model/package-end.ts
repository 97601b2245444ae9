import type { Sealer } from '../sealed.ts';
import type { Estate } from './estate.ts';
import type { Catalog } from './estate/catalog.ts';
import type { Instance } from './estate/engine.ts';
import type { Host } from './estate/host.ts';
import { engineAt } from './master.ts';
import { masterKeyOpens } from './master-key.ts';
import { RUNNING, type PackageAtWork } from './packages.ts';
import type { Effect } from './time.ts';
import { workersOn } from './worker.ts';

/** A package that comes to its end has succeeded; its messages are in SSISDB only if their way there is open. */
export function packageEffect(sealer: Sealer): Effect {
  return (estate, host, process) => {
    const { catalog: id, execution: number } = process.parameters as PackageAtWork;
    const catalog = estate.catalogs[id];
    const execution = catalog?.executions[number];
    if (!catalog || execution?.status !== RUNNING) return;
    execution.status = SUCCEEDED;
    execution.endsAt = null;
    execution.messages = logsArrive(estate, sealer, catalog, host) ? MESSAGES : 0;
  };
}

const SUCCEEDED = 7;
/** How many messages a package leaves that does nothing, at the basic level. */
const MESSAGES = 8;

/**
 * Whether a worker's messages reach SSISDB: the string that the catalog stores is one of its keywords and values,
 * leads to the primary, and names a login that is let in there and is the user of SSISDB that may write logs.
 *
 * Source: domain facts, *Step 6*: mixed mode, password, SID, and the bracket that belongs to nothing.
 */
function logsArrive(estate: Estate, sealer: Sealer, catalog: Catalog, host: Host): boolean {
  if (catalog.logConnection === null) return false;
  const values = keywordsOf(sealer.unseal(catalog.logConnection));
  const engine = engineAt(estate, values.get('data source') ?? '', host);
  const database = engine?.instance.databases[values.get('initial catalog') ?? ''];
  if (!engine || database?.catalog !== catalog.id || !masterKeyOpens(database)) return false;
  const sid = sidOf(engine.instance, values, sealer, accountOn(host));
  return Object.values(catalog.users).some(
    (user) => user.sid.toLowerCase() === sid?.toLowerCase() && user.roles.includes('ssis_cluster_worker'),
  );
}

/** The identity behind a connection string, if the engine lets it in; null where it does not. */
function sidOf(
  instance: Instance,
  values: ReadonlyMap<string, string>,
  sealer: Sealer,
  account: string,
): string | null {
  const integrated = ['sspi', 'true', 'yes'].includes(values.get('integrated security')?.toLowerCase() ?? '');
  const login = instance.logins[(integrated ? account : (values.get('user id') ?? '')).toLowerCase()];
  if (!login || login.disabled) return null;
  if (integrated) return login.kind === 'windows' ? login.sid : null;
  const isRight = login.password !== null && sealer.unseal(login.password) === values.get('password');
  return instance.live.mixedMode && login.kind === 'sql' && isRight ? login.sid : null;
}

function accountOn(host: Host): string {
  return workersOn(host)[0]?.service.account ?? '';
}

/** Source: *SqlConnection.ConnectionString*: keyword=value; a value may stand in quotes of either kind. */
function keywordsOf(text: string): Map<string, string> {
  const pairs = text.matchAll(/\s*([^=;]+?)\s*=\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|[^;]*)\s*(?:;|$)/g);
  return new Map(
    [...pairs].map(([, keyword = '', value = '']) => [
      keyword.toLowerCase(),
      /^(["']).*\1$/s.test(value) ? value.slice(1, -1) : value.trim(),
    ]),
  );
}
