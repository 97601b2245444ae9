/** Keys and places that lead to a value. */
export type Path = readonly (string | number)[];

/** `nodes[1].ip` */
export function inWords(path: Path): string {
  return path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at > 0 ? '.' : ''}${part}`))
    .join('');
}

/** Tells of a fault, at the value that has it. */
export type Tell = (path: Path, message: string) => void;

/** A part of a site file that may lack anything. */
type Sketch<Part> = Part extends readonly (infer Entry)[]
  ? readonly (Sketch<Entry> | undefined)[]
  : Part extends object
    ? { readonly [Key in keyof Part]?: Sketch<Part[Key]> | undefined }
    : Part;

/** What the cross-checks read of a site file. */
export type SiteSketch = Sketch<{
  environment: string;
  product: { version: number; build: string };
  operator: { account: string; password: string; sqlAuthentication: string };
  nodes: { name: string; ip: string; first: boolean }[];
  workers: { name: string; ip: string }[];
  accounts: Record<string, { account: string; password: string }>;
  instance: { port: number; authentication: string; certificate: object };
  executionLog: { login: string };
  cluster: {
    name: string;
    ip: string;
    otherIps: string[];
    managementPoint: string;
    witness: { kind: string };
  };
  availabilityGroup: {
    endpointPort: number;
    listener: { name: string; port: number; probePort: number; addresses: { ip: string; mask: string }[] };
  };
  scaleOutMaster: {
    name: string;
    port: number;
    probePort: number;
    addresses: { ip: string }[];
    preferredOwners: string[];
  };
  tls: { verify: boolean };
  approvals: {
    identities: string;
    selfApproval: boolean;
    expireAfterHours: number;
    onExpiry: string;
    groups: Record<string, string[]>;
    rules: { need: string[] }[];
  };
  notify: { mail: { smtp: { user: string; password: string; tls: string } }[] };
  accepted: { finding: string; host: string; source: string }[];
}>;

export interface SketchedSite {
  /** Holds only values that are sound by themselves. */
  readonly site: SiteSketch;
  /** False where a value was taken out, or one around it: then its absence says nothing. */
  readonly isSound: (path: Path) => boolean;
  readonly tell: Tell;
}
