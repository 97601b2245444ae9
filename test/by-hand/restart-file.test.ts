import { expect, test } from 'vitest';
import { siteSchema } from '../../activities/site.ts';
import { restartFile } from '../../src/by-hand/restart-file.ts';
import { sampleSite } from '../site-builder.ts';
import { planFor } from './export-and-run.ts';

test('what a person is to run first can be copied as it stands', async () => {
  const { access } = await planFor(siteSchema.parse(sampleSite()));
  const file = restartFile('NODE-B', {
    ...access,
    nodes: ['NODE-A', 'NODE-B', 'NODE-C'],
    group: "AG]'x",
    role: "SSIS' MASTER",
  });
  const asked = [...file.matchAll(/^Confirm-ByHand -Question '(.*)'$/gm)].map(([, text = '']) =>
    text.replaceAll("''", "'"),
  );
  expect(asked).toContainEqual(
    expect.stringMatching(/run on NODE-A \(or on NODE-C\): ALTER AVAILABILITY GROUP \[AG\]\]'x\] FAILOVER$/),
  );
  expect(asked).toContainEqual(
    expect.stringMatching(
      /move it to NODE-A \(or to NODE-C\): Move-ClusterGroup -Name 'SSIS'' MASTER' -Node 'NODE-A'$/,
    ),
  );
});
