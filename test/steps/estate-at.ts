import { afterEach } from 'vitest';
import { TransientError } from '../../activities/failures.ts';
import { siteSchema, type Site } from '../../activities/site.ts';
import type { Json, Look, PlannedStep } from '../../workflows/contract.ts';
import type { Execution } from '../../lab/model/estate/catalog.ts';
import type { Instance } from '../../lab/model/estate/engine.ts';
import type { Host } from '../../lab/model/estate/host.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { sampleSite } from '../site-builder.ts';
import { look, planOf, stepOf, walk } from './walk.ts';

/* An estate as it is before a named step, and ways to spoil it. */

let lab: InProcessLab | null = null;
afterEach(closeLab);

/** Ends the lab that is open, before its time. */
export function closeLab(): void {
  lab?.close();
  lab = null;
}

export function open(): InProcessLab {
  if (!lab) throw new Error('No lab is open');
  return lab;
}

/** A lab in which every step before the named one has been performed. */
export async function labUpTo(id: string, site?: Site) {
  lab = site ? openInProcessLab(site) : openInProcessLab();
  await walk(lab, (step) => step.id === id);
  const estate = () => open().laboratory.estate;
  const shares = () => Object.assign({}, ...Object.values(estate().shares).map(({ files }) => files));
  return {
    estate,
    shares: shares as () => Record<string, { content: string }>,
    files: () => Object.keys(shares() as object),
    at: (name: string): Host => {
      const host = estate().hosts[name];
      if (!host) throw new Error(`No host ${name}`);
      return host;
    },
    unseal: (sealed: string) => sealerOf(open()).unseal(sealed),
    put: (path: string, content: string) => {
      const [, share] = Object.entries(estate().shares).find(([name]) => path.startsWith(name)) ?? [];
      if (share) share.files[path] = { content: sealerOf(open()).seal(content) };
    },
  };
}

function sealerOf({ laboratory }: InProcessLab) {
  return laboratory['sealer'];
}

export function siteWith(change: (site: ReturnType<typeof sampleSite> & Site) => void): Site {
  const given = structuredClone(sampleSite()) as ReturnType<typeof sampleSite> & Site;
  change(given);
  return siteSchema.parse(given);
}

export async function planned(id: string): Promise<[PlannedStep, ...PlannedStep[]]> {
  const [first, ...rest] = (await planOf(open())).filter((step) => step.id === id);
  if (!first) throw new Error(`No step ${id}`);
  return [first, ...rest];
}

/** Looks without restarting a host that wants it. */
export async function seenAsItIs(step: PlannedStep): Promise<Look> {
  const { portsOn } = open();
  return stepOf(step).look(portsOn(step.host), step.input, {
    runId: '00000000-0000-0000-0000-000000000000',
    tries: 1,
  });
}

/** Looks and applies with no more patience than setup needs. */
export async function applied(step: PlannedStep, seen?: Look, runId = 'this run'): Promise<void> {
  const before: Json = (seen ?? (await look(open(), step))).observed;
  const context = { before, runId, tries: 1, journal: `ssis-ha\\sample\\${step.key}\\1` };
  for (let tries = 0; ; tries += 1) {
    try {
      return await stepOf(step).apply(open().portsOn(step.host), step.input, context);
    } catch (error) {
      if (!(error instanceof TransientError) || tries > 3) throw error;
    }
  }
}

export function engineOf(host: Host): Instance {
  const [instance] = Object.values(host.instances);
  if (!instance) throw new Error(`No engine on ${host.name}`);
  return instance;
}

/** The engine on a host of the lab that is open. */
export function engineOn(name: string): Instance {
  const host = open().laboratory.estate.hosts[name];
  if (!host) throw new Error(`No host ${name}`);
  return engineOf(host);
}

export function forgetIntegrationServices(host: Host): void {
  host.registry = {};
  for (const name of Object.keys(host.services)) {
    if (name.startsWith('SSIS') || name.startsWith('MsDts')) delete host.services[name];
  }
}

export function setWrongPassword(): void {
  const { accounts } = open().laboratory.estate.directory;
  Object.assign(accounts['lab\\svc-engine'] ?? {}, { password: accounts['lab\\svc-agent']?.password });
}

export function setStandardEdition(host: Host): void {
  for (const medium of Object.values(host.media)) medium.edition = 'Standard';
}

export function dropUpdates(host: Host): void {
  for (const folder of Object.keys(host.media)) if (folder.endsWith('Updates')) delete host.media[folder];
}

/** SSISDB as a member of its group on both nodes, primary where it is told. */
export function formGroup({ laboratory }: InProcessLab, primary: string): void {
  const { hosts, groups } = laboratory.estate;
  const [first, second] = ['NODE-A', 'NODE-B']
    .map((name) => hosts[name])
    .filter((host) => host !== undefined);
  if (!first || !second) throw new Error('Two nodes are needed');
  const own = engineOf(first).databases['SSISDB'];
  if (!own) throw new Error('There is no SSISDB');
  own.group = 'AG_SSISDB';
  engineOf(second).databases['SSISDB'] = { ...own };
  groups['AG_SSISDB'] = {
    name: 'AG_SSISDB',
    id: 'group',
    owner: 'sa',
    primary,
    replicas: {},
    databases: ['SSISDB'],
    listener: null,
  };
}

export function execution(): Execution {
  return {
    id: 1,
    folder: 'Sales',
    project: 'Load',
    package: 'Load.dtsx',
    status: 2,
    worker: null,
    anyWorker: false,
    startedAt: Date.now(),
    endsAt: null,
    messages: 0,
    machine: null,
  };
}

export function database(): Instance['databases'][string] {
  return {
    name: '',
    state: 'ONLINE',
    recovery: 'FULL',
    owner: 'sa',
    catalog: null,
    family: 'of its own',
    position: 1,
    group: null,
    opensByItself: true,
  };
}
