import type { Mode } from '../../workflows/contract.ts';

/* What the workflows of a site are called. */

const PREFIX = 'ssis-ha/';
/** A verification on a schedule has its time behind its id. Source: *Schedules*, workflow id of an action. */
const SUFFIXES: Readonly<Record<Mode, string>> = { perform: '', rehearse: '/rehearsal', verify: '/verify' };
const SCHEDULED = '/verify-';

export function workflowIdOf(site: string, mode: Mode): string {
  return `${PREFIX}${site}${SUFFIXES[mode]}`;
}

export function siteOf(workflowId: string): { readonly site: string; readonly mode: Mode } {
  const [site = '', behind] = shortIdOf(workflowId).split('/');
  if (behind === undefined) return { site, mode: 'perform' };
  return { site, mode: behind === 'rehearsal' ? 'rehearse' : 'verify' };
}

/** As people say it. */
export function shortIdOf(workflowId: string): string {
  return workflowId.startsWith(PREFIX) ? workflowId.slice(PREFIX.length) : workflowId;
}

/** The workflow id where somebody named it whole, which stands for nothing else; null where they named a site. */
export function wholeIdIn(named: string): string | null {
  if (named.startsWith(PREFIX)) return named;
  return named.includes(SCHEDULED) ? `${PREFIX}${named}` : null;
}

/** The same for all that one schedule started. */
export function seriesOf(workflowId: string): string {
  const [series = workflowId, time] = workflowId.split(SCHEDULED);
  return time === undefined ? workflowId : `${series}${SCHEDULED}`;
}
