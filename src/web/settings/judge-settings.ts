import { z } from 'zod';
import { inWords, type Path } from '../../../activities/site-sketch.ts';
import { faultWords } from '../../site-file/fault-words.ts';
import { faultsOfParts, placedFaults, type Fault } from '../../site-file/part-faults.ts';
import type { SiteFault } from '../../site-file/site-fault.ts';
import { keysAt, type SchemaPart } from '../../site-file/site-schema.ts';
import type { YamlText } from '../../site-file/yaml-text.ts';
import { isLoopback, isLoopbackUrl } from './loopback.ts';
import { settingsShape, type WrittenSettings } from './settings-shape.ts';

const schema = z.toJSONSchema(settingsShape, { io: 'input', target: 'draft-07' }) as SchemaPart;

/** The settings, or all the faults of their file: of the text, of each part, and between the parts. */
export function judgeSettings(yaml: YamlText): {
  readonly settings: WrittenSettings | null;
  readonly faults: readonly SiteFault[];
} {
  // A file that holds nothing yet sets nothing.
  const data = yaml.data ?? {};
  const shape = settingsShape.safeParse(data, { error: faultWords });
  const ofParts = shape.success
    ? []
    : faultsOfParts(shape.error.issues, data, (place) => keysAt(place, schema));
  const faults = placedFaults(ofParts, betweenParts(data, ofParts), yaml);
  return { settings: shape.success && faults.length === 0 ? shape.data : null, faults };
}

/** As much as is sound of what somebody wrote. */
type Sketch = { readonly [Key in keyof WrittenSettings]?: WrittenSettings[Key] | undefined };

/** What only holds between parts is told beside what is wrong with each: one look shows all. */
function betweenParts(data: unknown, faults: readonly Fault[]): readonly Fault[] {
  if (faults.some(({ path }) => path.length === 0)) return [];
  const sketch = soundParts(data);
  const told: readonly (readonly [Path, string | null])[] = [
    [['listen', 'address'], openWithoutProtection(sketch)],
    [['publicAddress'], publicAddressFault(sketch)],
    [['proxy'], sketch.tls && sketch.proxy ? 'stands beside tls: name one of them' : null],
    [
      ['openIdConnect'],
      sketch.users && sketch.openIdConnect ? 'stands beside users: name one of them' : null,
    ],
    [['openIdConnect', 'issuer'], issuerFault(sketch)],
    [['openIdConnect', 'scopes'], scopesFault(sketch)],
    [['openIdConnect', 'roles'], rolesFault(sketch)],
  ];
  const known = new Set(faults.map(({ path }) => inWords(path)));
  return told.flatMap(([path, message]) =>
    message === null || known.has(inWords(path)) ? [] : [{ path, message, kind: 'value' as const }],
  );
}

function soundParts(data: unknown): Sketch {
  const written = data as Readonly<Record<string, unknown>>;
  const sound = Object.entries(settingsShape.shape).flatMap(([key, part]) => {
    const parsed = part.safeParse(written[key]);
    // A part with a fault is there all the same: nothing should be asked for that somebody wrote.
    return parsed.success ? [[key, parsed.data] as const] : [[key, BROKEN[key]] as const];
  });
  return Object.fromEntries(sound);
}

/** Stand-ins for parts that are there and not sound, where it matters that they are there. */
const BROKEN: Readonly<Record<string, unknown>> = {
  tls: { key: '', certificate: '' },
  proxy: { addresses: [] },
  users: 'users.yaml',
};

function openWithoutProtection({ listen, tls, proxy, users, openIdConnect }: Sketch): string | null {
  if (listen === undefined || isLoopback(listen.address)) return null;
  const { address } = listen;
  if (!tls && !proxy) {
    return `is ${address}, which others reach: name tls with key and certificate, or the proxy that stands before it`;
  }
  if (users === undefined && openIdConnect === undefined) {
    return `is ${address}, which others reach: name users or openIdConnect, so that each signs in by name`;
  }
  return null;
}

function publicAddressFault({ publicAddress, listen, tls, proxy }: Sketch): string | null {
  const isProtected = tls !== undefined || proxy !== undefined;
  if (publicAddress === undefined) {
    if (proxy) return 'is missing: behind a proxy it is the only name that is answered to';
    if (listen !== undefined && !isLoopback(listen.address))
      return 'is missing: it is the only name that is answered to';
    return null;
  }
  const { protocol, pathname, search, hash, username, password } = new URL(publicAddress);
  if (pathname !== '/' || search !== '' || hash !== '')
    return 'has more than a host and a port: the control room cannot live below a path';
  if (username !== '' || password !== '') return 'holds a name or a password: remove it';
  if (protocol === 'https:' && !isProtected) return 'is https: name tls or the proxy that speaks it';
  if (protocol === 'http:' && isProtected) return 'is http: with tls or a proxy it is https';
  if (protocol === 'http:' && !isLoopbackUrl(publicAddress))
    return 'is http, which anybody on the way can read: name tls or a proxy, and write https';
  return null;
}

function issuerFault({ openIdConnect }: Sketch): string | null {
  if (openIdConnect === undefined) return null;
  const isSecure = openIdConnect.issuer.startsWith('https:') || isLoopbackUrl(openIdConnect.issuer);
  return isSecure ? null : 'is http, which anybody on the way can read: write https';
}

function scopesFault({ openIdConnect }: Sketch): string | null {
  if (openIdConnect === undefined || openIdConnect.scopes.includes('openid')) return null;
  return 'lacks openid, without which the provider says nobody’s name';
}

function rolesFault({ openIdConnect }: Sketch): string | null {
  if (openIdConnect === undefined) return null;
  const { viewer, operator, approver } = openIdConnect.roles;
  return viewer || operator || approver
    ? null
    : 'maps nothing to viewer, operator or approver: nobody could come in';
}
