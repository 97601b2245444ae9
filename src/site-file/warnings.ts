import type { Path } from '../../activities/site-sketch.ts';
import { NOT_HELD_YET } from '../../activities/site.ts';
import type { SiteFault } from './site-fault.ts';
import type { YamlText } from './yaml-text.ts';

/** What is no fault, and what a person should know all the same before a run. */
export function warningsOf(yaml: YamlText): readonly SiteFault[] {
  const warnings = [
    ...notHeldYet(yaml.data),
    ...notDone(yaml.data),
    ...fewWorkers(yaml.data),
    ...unverified(yaml.data),
  ];
  return warnings.map(([path, message]) => ({
    ...yaml.placeOf(path),
    path: path.join('.'),
    message,
  }));
}

type Warning = readonly [path: Path, message: string];

function notHeldYet(data: unknown): readonly Warning[] {
  return Object.entries(NOT_HELD_YET)
    .map(([path, message]): Warning => [path.split('.'), message])
    .filter(([path]) => partOf(data, path) !== undefined);
}

/** Values that promise more than a run does. */
function notDone(data: unknown): readonly Warning[] {
  const spn = ['instance', 'kerberos', 'spn'];
  return [
    ...(partOf(data, ['existingObjects']) === 'refuse'
      ? [
          [
            ['existingObjects'],
            'is not held yet: what the run did not make is asked about; answer reject',
          ] as const,
        ]
      : []),
    ...(partOf(data, spn) === 'register'
      ? [[spn, 'is checked only: a domain administrator registers service principal names'] as const]
      : []),
  ];
}

function fewWorkers(data: unknown): readonly Warning[] {
  const workers = namesOf(partOf(data, ['workers']));
  const nodes = new Set(namesOf(partOf(data, ['nodes'])));
  if (workers.length === 0) return [];
  const warnings: Warning[] = [];
  if (workers.length < 2) {
    warnings.push([['workers'], 'has one entry: without a second worker packages stop when it does']);
  }
  if (workers.every((name) => nodes.has(name))) {
    warnings.push([['workers'], 'stand only on Master nodes: a node that fails takes its worker with it']);
  }
  return warnings;
}

function unverified(data: unknown): readonly Warning[] {
  if (partOf(data, ['tls', 'verify']) !== false) return [];
  return [[['tls', 'verify'], 'is false: nobody can tell the engines from somebody who pretends to be one']];
}

function partOf(data: unknown, path: Path): unknown {
  let part: unknown = data;
  for (const name of path) {
    if (part === null || typeof part !== 'object') return undefined;
    part = (part as Readonly<Record<string, unknown>>)[name];
  }
  return part;
}

function namesOf(hosts: unknown): readonly string[] {
  if (!Array.isArray(hosts)) return [];
  return hosts.map((host) => {
    const name = partOf(host, ['name']);
    return typeof name === 'string' ? name.toLowerCase() : '';
  });
}
