import { afterEach, describe, expect, test } from 'vitest';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { examineSiteFile } from '../../src/site-file.ts';
import { sampleSites } from '../sample-sites.ts';
import { runningPackage } from '../lab/pair-at-work.ts';
import { apply, look, planOf, walk } from './walk.ts';

/* What is particular to some of the sample sites, beyond that their runs come to an end. */

/** Source: domain facts, C12. */
const FEW_WORKERS: ReadonlySet<string> = new Set(['node-as-worker', 'three-nodes-one-worker']);

let lab: InProcessLab | null = null;
afterEach(() => {
  lab?.close();
  lab = null;
});

async function begin(name: string): Promise<void> {
  const sample = sampleSites.find((candidate) => candidate.name === name);
  if (!sample) throw new Error(`No sample ${name}`);
  lab = openInProcessLab(sample.site, sample.beginning);
}

function open(): InProcessLab {
  if (!lab) throw new Error('No lab is open');
  return lab;
}

const estate = () => open().laboratory.estate;
const scriptsDone = () => open().laboratory.store.ledger.map(({ script }) => script);
const endpointFrom = (host: string) =>
  open().portsOn(host).powershell.run('getMasterEndpoint', { name: 'ssis-master.contoso.com', port: 8391 });

test.each(sampleSites)(
  '$name has no fault, and no warning but those of too few workers',
  ({ name, path }) => {
    const { faults, warnings } = examineSiteFile(path);
    expect(faults).toEqual([]);
    expect(warnings.map(({ path: key }) => key)).toEqual(FEW_WORKERS.has(name) ? ['workers'] : []);
  },
);

describe('an SSISDB that is there', () => {
  test('keeps its projects, and is checked and backed up before it joins the group', async () => {
    await begin('existing-ssisdb');
    const projects = () => Object.values(estate().catalogs).map(({ folders }) => folders['Finance']);
    const before = JSON.stringify(projects());
    await walk(open());
    expect(JSON.stringify(projects())).toBe(before);
    const done = scriptsDone();
    expect(done).not.toContain('createCatalog');
    expect(done).not.toContain('dropCatalog');
    const order = ['backUpMasterKey', 'checkSsisdb', 'backUpSsisdb', 'createGroup'];
    expect(order.map((script) => done.indexOf(script))).toEqual(
      order.map((script) => done.indexOf(script)).toSorted((one, other) => one - other),
    );
  });
});

test('packages that run in an SSISDB that is there are waited for before its engine is restarted', async () => {
  await begin('existing-ssisdb');
  await walk(open(), ({ id }) => id === 'configure-engine');
  const [catalog] = Object.values(estate().catalogs);
  if (catalog) catalog.executions[1] = runningPackage(1, null);
  const [planned] = (await planOf(open())).filter(({ id }) => id === 'configure-engine');
  if (!planned) throw new Error('The engine is not configured');
  const { observed } = await look(open(), planned);
  await expect(apply(open(), planned, observed)).rejects.toThrow(/1 packages are running: 1 Sales/);
  expect(scriptsDone()).not.toContain('restartEngine');
});

test('engines that are there keep their databases, and get no second engine', async () => {
  await begin('existing-instance');
  const first = () => estate().hosts['SQLSSIS-A'];
  await walk(open());
  expect(Object.keys(first()?.instances ?? {})).toEqual(['MSSQLSERVER']);
  expect(Object.keys(first()?.instances['MSSQLSERVER']?.databases ?? {})).toEqual(['HR', 'Sales', 'SSISDB']);
});

test('a cluster that is there keeps the role of other people and its healthy witness', async () => {
  await begin('existing-cluster');
  const ofOthers = () => [estate().cluster?.groups['FS-FINANCE'], estate().cluster?.witness];
  const before = JSON.stringify(ofOthers());
  await walk(open());
  expect(JSON.stringify(ofOthers())).toBe(before);
  expect(scriptsDone()).not.toContain('newCluster');
});

describe('over several subnets', () => {
  test('the cluster has an address in each, and a role moves to another one in DNS too', async () => {
    await begin('several-subnets');
    await walk(open(), ({ chapter }) => chapter === 10);
    expect(estate().cluster?.addresses).toEqual(['10.20.30.20', '10.21.30.20']);
    const leadsTo = () => estate().directory.dns['ssis-master']?.addresses;
    expect(leadsTo()).toEqual(['10.20.30.22']);
    await open().portsOn('SQLSSIS-A').powershell.run('moveRole', { role: 'SSIS-MASTER', node: 'SQLSSIS-B' });
    expect(leadsTo()).toEqual(['10.21.30.22']);
  });

  test('a role whose name waits for all its addresses is told of, and mended', async () => {
    await begin('several-subnets');
    await walk(open(), ({ id }) => id === 'tune-role');
    const network = estate().cluster?.groups['SSIS-MASTER']?.resources['SSIS-MASTER'];
    delete network?.needsOneOnly;
    const planned = (await planOf(open())).find(({ id }) => id === 'tune-role');
    expect(planned).toBeDefined();
    await walk(open(), ({ id }) => id === 'set-master-address');
    expect(network?.needsOneOnly).toBe(true);
  });
});

test('behind a load balancer other machines reach the Master only once its address answers the probe', async () => {
  await begin('azure');
  await walk(open(), ({ id }) => id === 'tune-role');
  expect((await endpointFrom('SQLSSIS-A')).thumbprint).not.toBeNull();
  expect((await endpointFrom('SSISWRK-1')).thumbprint).toBeNull();
  await walk(open(), ({ id }) => id === 'set-master-address');
  expect((await endpointFrom('SSISWRK-1')).thumbprint).not.toBeNull();
  delete estate().hosts['SQLSSIS-A']?.firewall['ssis-ha-master-probe'];
  expect((await endpointFrom('SSISWRK-1')).thumbprint).toBeNull();
});
