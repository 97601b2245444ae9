import { siteSchema, type Site } from '../../activities/site.ts';
import type { Step } from '../../activities/step.ts';
import { sampleSite } from '../site-builder.ts';

/** Sites that between them have a place for every step. */
export const SITES: readonly Site[] = [
  {},
  { directory: { ...partOf('directory'), computerObjects: 'create' } },
  {
    executionLog: { login: 'workerAccount' },
    instance: { ...partOf('instance'), authentication: 'windows' },
  },
  {
    scaleOutMaster: {
      ...partOf('scaleOutMaster'),
      certificate: {
        create: {
          years: 3,
          keyBits: 2048,
          writePfx: 'C:\\Keys\\master.pfx',
          pfxPassword: 'file:secrets/master-pfx',
        },
      },
    },
  },
  { drill: { ...partOf('drill'), serviceKill: true, nodeLoss: true } },
  {
    catalog: {
      ...partOf('catalog'),
      backups: { by: 'external', fullEveryHours: 24, logEveryMinutes: 15 },
    },
  },
].map((parts) => siteSchema.parse(sampleSite(parts)));

/** The first of the sites that has a place for the step. */
export function siteFor(step: Step): Site {
  const site = SITES.find((candidate) => step.on(candidate).length > 0);
  if (site) return site;
  throw new Error(`No site of the tests has a place for ${step.id}`);
}

function partOf(name: string): object {
  return sampleSite()[name] as object;
}
