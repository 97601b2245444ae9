import { expect, test } from 'vitest';
import { readme } from '../../src/by-hand/readme.ts';
import { siteSchema } from '../../activities/site.ts';
import { snapshotWith } from '../cli/snapshots.ts';
import { sampleSite } from '../site-builder.ts';
import { planFor } from './export-and-run.ts';

test('a plan that is not that of the run is told, with all that it can come from', async () => {
  const plan = await planFor(siteSchema.parse(sampleSite()));
  const of = (planHash: string | null) =>
    readme({ run: snapshotWith({ planHash }), plan, steps: [], secrets: [], writtenAt: new Date(0) });
  expect(of('another')).toContain('was made from another site file, or by another build of ssis-ha');
  for (const same of [plan.hash, null]) expect(of(same)).not.toContain('another');
});
