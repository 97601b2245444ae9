import { z } from 'zod';
import { isoDay } from '../../activities/findings/accepted.ts';
import { designWarnings } from '../../activities/findings/design.ts';
import { inWords, type Path } from '../../activities/site-sketch.ts';
import type { SiteFault } from './site-fault.ts';
import type { YamlText } from './yaml-text.ts';

/** What is no fault, and what a person should know all the same before a run. */
export function warningsOf(yaml: YamlText): readonly SiteFault[] {
  const warnings = [...notDone(yaml.data), ...ofDesign(yaml), ...acceptedNoMore(yaml)];
  return warnings.map(([path, message]) => ({
    ...yaml.placeOf(path),
    path: inWords(path),
    message,
  }));
}

type Warning = readonly [path: Path, message: string];

/** Values that promise more than a run does. */
function notDone(data: unknown): readonly Warning[] {
  const spn = ['instance', 'kerberos', 'spn'];
  if (partOf(data, spn) !== 'register') return [];
  return [[spn, 'is checked only: a domain administrator registers service principal names']];
}

/** The same that preflight tells; of parts that are no maps and lists nothing can be said. */
function ofDesign({ data }: YamlText): readonly Warning[] {
  const shape = sketchSchema.safeParse(data);
  if (!shape.success) return [];
  return designWarnings(shape.data).map(({ path, fault, id }) => [path, `${fault} (${id})`]);
}

function acceptedNoMore({ data }: YamlText): readonly Warning[] {
  const accepted = z.array(z.object({ until: z.string() })).safeParse(partOf(data, ['accepted']));
  if (!accepted.success) return [];
  const today = isoDay(new Date());
  return accepted.data.flatMap(({ until }, at): readonly Warning[] =>
    until < today
      ? [[['accepted', at, 'until'], `is over since ${until}: what was accepted counts again`]]
      : [],
  );
}

/** As much of a site file as the warnings read. */
const sketchSchema = z.object({
  nodes: z.array(z.object({ name: z.string() })).optional(),
  workers: z.array(z.object({ name: z.string() })).optional(),
  cluster: z.object({ witness: z.object({ kind: z.string() }) }).optional(),
  tls: z.object({ verify: z.boolean() }).optional(),
});

function partOf(data: unknown, path: Path): unknown {
  let part: unknown = data;
  for (const name of path) {
    if (part === null || typeof part !== 'object') return undefined;
    part = (part as Readonly<Record<string, unknown>>)[name];
  }
  return part;
}
