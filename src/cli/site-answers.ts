import type { SiteSketch } from '../../activities/site-sketch.ts';

export interface Host {
  readonly name: string;
  readonly ip: string;
}

/** What `ssis-ha init` asks: what no two estates have in common. */
export interface SiteAnswers {
  readonly site: string;
  readonly domain: string;
  readonly netbios: string;
  readonly version: 2017 | 2019 | 2022;
  readonly build: string;
  /** SSISDB is born on the first one. */
  readonly nodes: readonly Host[];
  readonly workers: readonly Host[];
  readonly listenerName: string;
  readonly listenerAddresses: readonly { readonly ip: string; readonly mask: string }[];
  readonly clusterName: string;
  readonly clusterAddresses: readonly string[];
  readonly masterName: string;
  readonly masterAddresses: readonly string[];
  readonly operator: string;
  readonly engineAccount: string;
  readonly agentAccount: string;
  readonly masterAccount: string;
  readonly workerAccount: string;
}

/** What has been answered so far. */
export type Draft = Partial<SiteAnswers>;

/** An estate that belongs to nobody. Source: RFC 5737, addresses for documentation; RFC 2606, names. */
export const EXAMPLE_ANSWERS: SiteAnswers = {
  site: 'ssis-example',
  domain: 'example.com',
  netbios: 'EXAMPLE',
  version: 2022,
  build: '16.0.4165.4',
  nodes: [
    { name: 'SSIS-NODE-1', ip: '192.0.2.11' },
    { name: 'SSIS-NODE-2', ip: '192.0.2.12' },
  ],
  workers: [
    { name: 'SSIS-WORKER-1', ip: '192.0.2.31' },
    { name: 'SSIS-WORKER-2', ip: '192.0.2.32' },
  ],
  listenerName: 'SSISDB-AG',
  listenerAddresses: [{ ip: '192.0.2.21', mask: '255.255.255.0' }],
  clusterName: 'SSIS-CLUSTER',
  clusterAddresses: ['192.0.2.20'],
  masterName: 'SSIS-MASTER',
  masterAddresses: ['192.0.2.22'],
  operator: 'EXAMPLE\\svc-runbook',
  engineAccount: 'EXAMPLE\\svc-engine',
  agentAccount: 'EXAMPLE\\svc-agent',
  masterAccount: 'EXAMPLE\\svc-master',
  workerAccount: 'EXAMPLE\\gmsa-worker$',
};

/** The first three numbers of an address. */
export function networkOf(ip: string): string {
  return ip.slice(0, ip.lastIndexOf('.'));
}

/** The answers as the checks between parts of a site file read them. */
export function sketchOf(draft: Draft): SiteSketch {
  const { version, build, listenerName, listenerAddresses, clusterName, clusterAddresses = [] } = draft;
  const [clusterIp, ...otherIps] = clusterAddresses;
  return {
    product: { version, build },
    nodes: draft.nodes?.map(({ name, ip }, at) => ({ name, ip: ip || undefined, first: at === 0 })),
    workers: draft.workers?.map(({ name, ip }) => ({ name, ip: ip || undefined })),
    cluster: { name: clusterName, ip: clusterIp, otherIps },
    availabilityGroup: { listener: { name: listenerName, addresses: listenerAddresses } },
    scaleOutMaster: { name: draft.masterName, addresses: draft.masterAddresses?.map((ip) => ({ ip })) },
  };
}
