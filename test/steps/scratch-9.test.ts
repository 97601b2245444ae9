import { afterEach, beforeEach, expect, test } from 'vitest';
import { siteSchema } from '../../activities/site.ts'; import { sampleSite } from '../site-builder.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { look, perform, planOf, undo } from './walk.ts';
import { withoutResidue } from '../run/without-residue.ts';

let lab: InProcessLab;
beforeEach(() => {
  lab = openInProcessLab(siteSchema.parse(sampleSite({ drill: { roleMove: true, groupFailover: true, crossed: true, serviceKill: true, nodeLoss: true } })));
});
afterEach(() => lab.close());

function group() {
  const { estate } = lab.laboratory;
  const a = estate.hosts['NODE-A']!.instances['MSSQLSERVER']!;
  const b = estate.hosts['NODE-B']!.instances['MSSQLSERVER']!;
  const db = a.databases['SSISDB']!;
  db.group = 'AG_SSISDB';
  db.recovery = 'FULL';
  b.databases['SSISDB'] = { ...db, opensByItself: false };
  b.masterKeyPasswords = [{ family: db.family, password: estate.catalogs[db.catalog!]!.masterKeyPassword }];
  for (const i of [a, b]) {
    i.live.hadrEnabled = true;
    i.endpoint ??= { name: 'Hadr', port: 5022, state: 'STARTED', owner: 'sa', connectGrants: [] } as never;
  }
  const rep = (server: string) => ({
    server,
    endpointUrl: '',
    availabilityMode: 'SYNCHRONOUS_COMMIT' as const,
    failoverMode: 'AUTOMATIC' as const,
    joined: true,
    suspended: false,
  });
  estate.groups['AG_SSISDB'] = {
    name: 'AG_SSISDB',
    id: 'x',
    owner: 'sa',
    primary: 'NODE-A',
    replicas: { 'NODE-A': rep('NODE-A'), 'NODE-B': rep('NODE-B') },
    databases: ['SSISDB'],
    listener: { name: 'SSISDB-AG', port: 1433, addresses: [{ ip: '10.10.0.21', mask: '255.255.255.0' }] },
  } as never;
}

test('walk', async () => {
  const plan = await planOf(lab);
  let grouped = false;
  for (const planned of plan) {
    if (!grouped && planned.chapter >= 5) {
      if (!lab.laboratory.estate.groups['AG_SSISDB']?.listener) group();
      grouped = true;
    }
    const mine = planned.chapter >= 9;
    const before = lab.picture();
    try {
      const walked = await perform(lab, planned);
      if (mine) console.log(planned.key, JSON.stringify(walked.before.shortfall));
      if (mine && walked.step.undo) {
        const after = lab.picture();
        await undo(lab, walked);
        try {
          expect(withoutResidue(JSON.parse(lab.picture()))).toEqual(withoutResidue(JSON.parse(before)));
        } catch (e) {
          console.log('UNDO', planned.key, (e as Error).message.slice(0, 1500));
        }
        if (walked.step.id.startsWith('drill')) continue;
        await perform(lab, planned);
        void after;
      }
    } catch (e) {
      console.log('FAILED', planned.key, (e as Error).message, mine ? (e as Error).stack : '');
      if (mine) throw e;
    }
  }
  for (const planned of plan.filter((p) => p.chapter >= 9))
    console.log(
      planned.key,
      JSON.stringify((await look(lab, planned)).shortfall),
      JSON.stringify(planned.input).length,
    );
}, 120000);
