import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import type { Finding } from '../../requests/lines.ts';
import { roadToEngine, type EngineAccess } from '../../engine-road.ts';
import { OperatorError, TransientError } from '../../failures.ts';
import type { Ports } from '../../ports.ts';
import { sameName } from '../../same-name.ts';
import { firstNode, versionSuffix } from '../../site.ts';
import { everyHost } from '../hosts.ts';

const installed = z.strictObject({ version: z.string().nullable(), account: z.string().nullable() });

const observed = z.strictObject({
  engine: installed.nullable(),
  master: installed.nullable(),
  worker: installed.nullable(),
  /** What the engine says of itself and of SSISDB; null where it cannot be asked. */
  live: z
    .strictObject({
      collation: z.string(),
      edition: z.string(),
      engineEdition: z.number(),
      state: z.string().nullable(),
      group: z.string().nullable(),
      isPrimary: z.boolean(),
      isResolving: z.boolean(),
      masterKeyOpens: z.boolean(),
    })
    .nullable(),
});

/**
 * What an earlier run or somebody else has installed must be what the site file says: the same build and
 * collation, an edition that has a Scale Out Master, the same accounts everywhere, and no SSISDB that is
 * somebody's own. An engine that cannot be asked is told of by the step that signs in.
 *
 * Source: *AG prerequisites*, instances; *Editions*; *sys.databases*, state; *sys.dm_hadr_availability_replica_states*,
 * role; domain facts, 2.6, 4.5, C5, C8 and C12.
 */
export const checkInstalled = defineFindings({
  id: 'check-installed',
  title: 'Look at what is installed already',
  why: 'A replica that differs, or a catalog that is left over, shows only half way through, or at the first failover.',
  on: everyHost,
  after: [{ sameHost: 'check-host' }],
  skippable: true,
  takes(site, host) {
    const { instance, accounts, tls, product, availabilityGroup } = site;
    const isNode = site.nodes.some(({ name }) => name === host);
    const isWorker = site.workers.some(({ name }) => name === host);
    return {
      host,
      isFirst: firstNode(site).name === host,
      suffix: versionSuffix(site),
      access: { instance: instance.name, port: instance.port, verifies: tls.verify },
      isNode,
      netbios: site.directory.netbios,
      build: product.build,
      collation: instance.collation,
      group: availabilityGroup.name,
      accounts: {
        engine: isNode ? accounts.engine.account : null,
        master: isNode ? accounts.master.account : null,
        worker: isWorker ? accounts.worker.account : null,
      },
    };
  },

  observed,
  async probe(ports, { suffix, access, isNode }) {
    const { instance } = access;
    const { engine, master, worker } = await ports.powershell.run('getInstallation', { instance, suffix });
    return {
      engine: isNode && engine ? { version: engine.version, account: engine.account } : null,
      master: serviceOf(master),
      worker: serviceOf(worker),
      live: isNode && engine !== null ? await lifeOf(ports, access) : null,
    };
  },
  findings: (seen, asked) => findings(seen, asked),
  notes: ({ engine }, { host, accounts, netbios }) =>
    engine?.account && accounts.engine !== null && !isOfDomain(engine.account, netbios)
      ? [
          `The engine on ${host} runs as ${engine.account}: without one account for all engines nobody reaches the listener by Kerberos`,
        ]
      : [],
});

type Seen = z.output<typeof observed>;

interface Asked {
  readonly host: string;
  readonly isFirst: boolean;
  readonly suffix: string;
  readonly access: EngineAccess;
  readonly build: string;
  readonly collation: string;
  readonly netbios: string;
  readonly group: string;
  readonly accounts: Readonly<Record<'engine' | 'master' | 'worker', string | null>>;
}

function serviceOf(found: { version: string | null; hasService: boolean; account: string | null }) {
  return found.hasService ? { version: found.version, account: found.account } : null;
}

/** Whoever cannot sign in is told so by the step that is there for it. */
async function lifeOf(ports: Ports, access: EngineAccess): Promise<Seen['live']> {
  try {
    if ((await roadToEngine(ports, access)) !== 'open') return null;
    const { collation, edition, engineEdition } = await ports.sql.run('getInstance', {});
    const { inGroup: _inGroup, ...place } = await ports.sql.run('getCatalogPlace', {});
    return { collation, edition, engineEdition, ...place };
  } catch (error) {
    if (error instanceof OperatorError || error instanceof TransientError) return null;
    throw error;
  }
}

function findings(seen: Seen, asked: Asked): readonly Finding[] {
  return [...engineFindings(seen, asked), ...accountFindings(seen, asked), ...catalogFindings(seen, asked)];
}

function engineFindings({ engine, live }: Seen, { host, access, build, collation }: Asked): Finding[] {
  if (engine === null) return [];
  const which = `The engine ${access.instance} on ${host}`;
  return [
    ...foundIf(engine.version !== build, {
      id: 'engine-of-another-build',
      fault: `${which} is of build ${engine.version ?? 'unknown'}, not ${build}`,
      advice: `Bring it to ${build} while SSISDB is out of its group, or name the build of all engines in the site file.`,
    }),
    ...foundIf(live !== null && live.engineEdition !== ENTERPRISE, {
      id: 'engine-without-scale-out',
      fault: `${which} is ${live?.edition ?? ''}, which has no Scale Out Master`,
    }),
    ...foundIf(live !== null && live.collation !== collation, {
      id: 'collation-differs',
      fault: `The collation of ${which.replace('The', 'the')} is ${live?.collation ?? ''}, not ${collation}`,
    }),
  ];
}

function accountFindings(
  { engine, master, worker }: Seen,
  { host, access, suffix, accounts, netbios }: Asked,
): Finding[] {
  const services = [
    {
      name: access.instance === 'MSSQLSERVER' ? 'MSSQLSERVER' : `MSSQL$${access.instance}`,
      // One of its machine alone is borne, and noted: its endpoint lets the machine in.
      is: isOfDomain(engine?.account ?? '', netbios) ? engine : null,
      wanted: accounts.engine,
    },
    { name: `SSISScaleOutMaster${suffix}`, is: master, wanted: accounts.master },
    { name: `SSISScaleOutWorker${suffix}`, is: worker, wanted: accounts.worker },
  ];
  return services.flatMap(({ name, is, wanted }) => {
    if (is === null || wanted === null || is.account === null) return [];
    return foundIf(!sameName(is.account, wanted), {
      id: 'service-of-another-account',
      fault: `${name} on ${host} runs as ${is.account}, not as ${wanted}`,
      advice: `Let ${name} run as ${wanted} (SQL Server Configuration Manager), or name its account in the site file.`,
    });
  });
}

function isOfDomain(account: string, netbios: string): boolean {
  return account.toLowerCase().startsWith(`${netbios.toLowerCase()}\\`);
}

function catalogFindings({ live }: Seen, { host, isFirst, group: wanted }: Asked): Finding[] {
  if (live === null || live.state === null) return [];
  const { state, group, isPrimary, isResolving, masterKeyOpens } = live;
  if (group !== null && !sameName(group, wanted)) {
    return foundIf(true, {
      id: 'ssisdb-in-another-group',
      fault: `SSISDB on ${host} belongs to the availability group ${group}, not to ${wanted}`,
      advice: `Name ${group} in the site file, or have its owner take SSISDB out of it.`,
    });
  }
  return [
    ...foundIf(UNUSABLE.has(state), {
      id: 'ssisdb-unusable',
      fault: `SSISDB on ${host} is ${state}`,
      advice: `Read the ERRORLOG of ${host}, bring the files of SSISDB back, and bring it online.`,
    }),
    ...foundIf(!isFirst && group === null, {
      id: 'ssisdb-left-over',
      fault: `${host} has an SSISDB of its own (${state}), which is no member of ${wanted}`,
    }),
    ...foundIf(isResolving, {
      id: 'group-resolving',
      fault: `The availability group ${wanted} is resolving on ${host}: it has no primary`,
      advice: `End the sessions that keep it from failing over, see that the cluster has its quorum, and bring ${wanted} online.`,
    }),
    ...foundIf(isPrimary && !masterKeyOpens, {
      id: 'master-key-closed',
      fault: `SSISDB is primary on ${host}, which cannot open its master key (15581)`,
      advice: `Run OPEN MASTER KEY DECRYPTION BY PASSWORD, then ALTER MASTER KEY ADD ENCRYPTION BY SERVICE MASTER KEY, in SSISDB on ${host}.`,
    }),
  ];
}

/** Nobody else is asked for any of these. */
function foundIf(isSo: boolean, finding: Omit<Finding, 'line'>): Finding[] {
  return isSo ? [{ ...finding, line: null }] : [];
}

/** Enterprise, Developer and Evaluation, whatever they are called. Source: *SERVERPROPERTY*, EngineEdition. */
const ENTERPRISE = 3;
/** Source: *sys.databases*, state_desc: files that cannot be opened, or pages that cannot be read. */
const UNUSABLE: ReadonlySet<string> = new Set(['RECOVERY_PENDING', 'SUSPECT', 'EMERGENCY', 'OFFLINE']);
