import { expect, test } from 'vitest';
import { openInProcessLab } from '../lab/in-process.ts';
import { sampleSites } from '../sample-sites.ts';
import { walk } from './walk.ts';

async function changedThoughThere(name: string): Promise<readonly string[]> {
  const sample = sampleSites.find((candidate) => candidate.name === name);
  if (!sample) throw new Error(`No sample file ${name}`);
  const lab = openInProcessLab(sample.site, sample.beginning);
  const walked = await walk(lab);
  lab.close();
  return walked
    .filter(({ before }) => before.shortfall.length > 0 && before.changesExisting === true)
    .map(({ planned }) => planned.key);
}

test('on fresh machines no step asks about what was there before', async () => {
  expect(await changedThoughThere('two-nodes')).toEqual([]);
});

test.each([
  ['existing-cluster', []],
  [
    'existing-instance',
    [
      'install-on-primary',
      'configure-engine',
      'enable-clr',
      'install-on-secondary',
      'configure-engine-on-secondary',
      'set-server-memory',
      'set-server-memory',
      'enable-always-on',
      'enable-always-on',
      'match-server-objects',
    ],
  ],
  ['existing-ssisdb', ['install-on-primary', 'configure-engine', 'set-catalog-properties', 'prepare-ssisdb']],
])('on %s each step that changes what was there before says so', async (name, steps) => {
  const asked = (await changedThoughThere(name)).map((key) => key.split('@')[0]);
  expect(asked).toEqual(steps);
});
