import { crossCheckSketch } from '../../activities/site-cross-checks.ts';
import { inWords, type Path, type SiteSketch } from '../../activities/site-sketch.ts';
import { siteShape, type Site } from '../../activities/site.ts';
import { faultWords } from './fault-words.ts';
import { faultsOfParts, placedFaults, shownValue, valueAt, type Fault } from './part-faults.ts';
import type { SiteFault } from './site-fault.ts';
import { keysAt } from './site-schema.ts';
import type { YamlText } from './yaml-text.ts';

/** The site, or all the faults of its file: of the text, of each part, and between the parts. */
export function judgeSite(yaml: YamlText): {
  readonly site: Site | null;
  readonly faults: readonly SiteFault[];
} {
  const shape = siteShape.safeParse(yaml.data, { error: faultWords });
  const ofParts = shape.success ? [] : faultsOfParts(shape.error.issues, yaml.data, keysAt);
  const between = betweenParts(shape.success ? shape.data : yaml.data, ofParts);
  const faults = placedFaults(ofParts, between, yaml);
  return { site: shape.success && faults.length === 0 ? shape.data : null, faults };
}

/** Checks between the parts, on what is sound; what is taken out is remembered, since then nothing is missing. */
function betweenParts(data: unknown, faults: readonly Fault[]): readonly Fault[] {
  const unsound = faults.flatMap(({ path, kind, meant }) =>
    kind === 'unknown key' ? (meant ? [meant] : []) : [path],
  );
  if (unsound.some((path) => path.length === 0)) return [];
  const sketch: unknown = structuredClone(data);
  for (const path of unsound) takeOut(sketch, path);
  const found: Fault[] = [];
  crossCheckSketch({
    site: sketch as SiteSketch,
    isSound: (path) => !unsound.some((bad) => startsWith(path, bad)),
    tell: (path, message) =>
      found.push({ path, message: shownValue(path, valueAt(data, path), message) + message, kind: 'value' }),
  });
  return found.filter(({ path }) => !faults.some((fault) => inWords(fault.path) === inWords(path)));
}

function takeOut(data: unknown, path: Path): void {
  const holder = valueAt(data, path.slice(0, -1));
  const last = path.at(-1);
  if (holder === null || typeof holder !== 'object' || last === undefined) return;
  if (Array.isArray(holder)) holder[Number(last)] = undefined;
  else delete (holder as Record<string, unknown>)[String(last)];
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((part, at) => path[at] === part);
}
