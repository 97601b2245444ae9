import { closest } from '../closest.ts';
import type { Path, SketchedSite } from '../site-sketch.ts';
import { FINDINGS, type FindingId } from './known.ts';

/** What a site file accepts is a warning that there is, on a host of this site. */
export function acceptancesHold({ site, tell }: SketchedSite): void {
  const hosts = new Set([...(site.nodes ?? []), ...(site.workers ?? [])].map((host) => lower(host?.name)));
  for (const [at, one] of (site.accepted ?? []).entries()) {
    const path: Path = ['accepted', at];
    const fault = one?.finding === undefined ? null : faultOf(one.finding);
    if (fault !== null) tell([...path, 'finding'], fault);
    if (one?.source !== undefined && one.finding !== 'restart-pends') {
      tell([...path, 'source'], 'narrows restart-pends only: leave it out');
    }
    if (one?.host !== undefined && !hosts.has(lower(one.host))) {
      tell([...path, 'host'], 'is neither node nor worker of this site');
    }
  }
}

/** Errors stop a run whoever accepts them. */
function faultOf(name: string): string | null {
  const id = IDS.find((known) => known === name);
  if (id !== undefined) {
    return FINDINGS[id].severity === 'warning' ? null : 'is an error, which nobody can accept: mend it';
  }
  const meant = closest(name, WARNINGS, Math.max(2, Math.floor(name.length / 4)));
  return meant === null
    ? `is no warning of preflight; these can be accepted: ${WARNINGS.join(', ')}`
    : `is no warning of preflight; did you mean ${meant}?`;
}

const IDS = Object.keys(FINDINGS) as readonly FindingId[];
const WARNINGS = IDS.filter((id) => FINDINGS[id].severity === 'warning');

function lower(name: string | undefined): string | undefined {
  return name?.toLowerCase();
}
