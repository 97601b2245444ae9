import type { TruthCell } from '../../workflows/contract.ts';

/** One place that names the Master or SSISDB: which of the eight it belongs to, and where it can be read. */
interface Place {
  /** 1 to 8, as the places are counted. */
  readonly number: number;
  readonly title: string;
  /** Ids of the steps that look at it. */
  readonly toldBy: readonly ('check-one-truth' | 'check-node-truth' | 'check-worker-truth')[];
  /** `host`: on each host where such a step looks. */
  readonly at: 'host' | 'primary' | 'cluster';
}

const ON_NODES = { toldBy: ['check-node-truth'], at: 'host' } as const;
const ON_WORKERS = { toldBy: ['check-worker-truth'], at: 'host' } as const;
const AT_PRIMARY = { toldBy: ['check-one-truth'], at: 'primary' } as const;
const EVERYWHERE = { toldBy: ['check-node-truth', 'check-worker-truth'], at: 'host' } as const;

/**
 * The eight places that must agree, in parts that can be read and mended one by one. Each was right when it was
 * set; a name that is right in seven and wrong in the eighth is found at the next failover.
 *
 * Source: domain facts, section 7, 4; *HA*, steps 2, 4, 5, 6, 7, 8 and 9; *Master* and *Worker*, their settings.
 */
export const PLACES = {
  'certificate-names': { number: 1, title: 'Certificate names', ...ON_NODES },
  'settings-thumbprint': { number: 2, title: 'SSLCertThumbprint', ...ON_NODES },
  'settings-server': { number: 2, title: 'SqlServerName', ...ON_NODES },
  'settings-port': { number: 2, title: 'PortNumber', ...ON_NODES },
  'settings-in-use': { number: 2, title: 'Settings in use', ...ON_NODES },
  'access-point': { number: 3, title: 'Client access point', toldBy: ['check-one-truth'], at: 'cluster' },
  'dns-answer': { number: 4, title: 'DNS answer', ...EVERYWHERE },
  presented: { number: 4, title: 'Certificate presented', ...EVERYWHERE },
  listener: { number: 5, title: 'Listener', ...AT_PRIMARY },
  'master-address': { number: 6, title: 'MASTER_ADDRESS', ...AT_PRIMARY },
  'machine-name': { number: 6, title: 'MACHINE_NAME', ...AT_PRIMARY },
  'service-port': { number: 6, title: 'MASTER_SERVICE_PORT', ...AT_PRIMARY },
  'certificate-told': { number: 6, title: 'SSLCERT_THUMBPRINT', ...AT_PRIMARY },
  'log-server-told': { number: 6, title: 'CLUSTER_LOGDB_SERVER', ...AT_PRIMARY },
  'log-connection': { number: 7, title: 'Log connection string', ...AT_PRIMARY },
  'worker-endpoint': { number: 8, title: 'MasterEndpoint', ...ON_WORKERS },
  'worker-pin': { number: 8, title: 'MasterHttpsCertThumbprint', ...ON_WORKERS },
  'worker-trust': { number: 8, title: 'Certificate in Root', ...ON_WORKERS },
} as const satisfies Readonly<Record<string, Place>>;

export type PlaceId = keyof typeof PLACES;

interface Told {
  readonly place: PlaceId;
  readonly where: string;
  readonly value: string | null;
  readonly wanted: string | null;
  readonly mendedBy: string;
  /** Left out, a value agrees that is the wanted one; names know no case. */
  readonly agrees?: boolean;
}

export function cell({ agrees, ...told }: Told): TruthCell {
  const isWanted = told.value !== null && told.value.toLowerCase() === told.wanted?.toLowerCase();
  return { ...told, agrees: agrees ?? isWanted };
}

/** What is, and what should be, in one sentence. */
export function sentenceOf({ place, where, value, wanted }: TruthCell): string {
  const title = titleOf(place);
  const at = { primary: 'in SSISDB', cluster: 'in the cluster' }[where] ?? `on ${where}`;
  const should = wanted === null ? '; what it should be is not known' : `, not ${wanted}`;
  return `${title} ${at} is ${value ?? 'not set'}${should}`;
}

export function titleOf(place: string): string {
  return isPlace(place) ? PLACES[place].title : place;
}

function isPlace(place: string): place is PlaceId {
  return place in PLACES;
}
