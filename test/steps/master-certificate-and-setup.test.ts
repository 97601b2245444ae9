import { describe, expect, test } from 'vitest';
import {
  applied,
  closeLab,
  dropUpdates,
  engineOf,
  forgetIntegrationServices,
  labUpTo,
  open,
  planned,
  seenAsItIs,
  setStandardEdition,
  setWrongPassword,
  siteWith,
} from './estate-at.ts';
import { apply, look, perform } from './walk.ts';

describe('the certificate of the Scale Out Master', () => {
  test('lies with its key in Root of every node, the same on all', async () => {
    const { at } = await labUpTo('install-on-secondary');
    const inRoot = (name: string) => at(name).certificates.filter(({ store }) => store === 'Root');
    expect(inRoot('NODE-A')).toHaveLength(1);
    expect(inRoot('NODE-B').map(({ thumbprint }) => thumbprint)).toEqual(
      inRoot('NODE-A').map(({ thumbprint }) => thumbprint),
    );
    expect(inRoot('NODE-B')[0]).toMatchObject({ hasPrivateKey: true, exportable: false });
  });

  test('travels over the exchange share where the PFX lies on a disk, and is gone from there afterwards', async () => {
    const pfx = 'D:\\secrets\\master.pfx';
    const site = siteWith((given) => {
      const { create } = given.scaleOutMaster.certificate as unknown as { create: object };
      Object.assign(create, { writePfx: `file:${pfx}` });
    });
    const { at, files } = await labUpTo('install-on-secondary', site);
    expect(Object.keys(at('NODE-A').files)).toContain(pfx);
    expect(files().filter((file) => file.endsWith('.pfx'))).toHaveLength(1);
    const [clear] = await planned('clear-exchange');
    await perform(open(), clear);
    expect(files().filter((file) => file.endsWith('.pfx'))).toEqual([]);
    expect(files().filter((file) => file.endsWith('.cer'))).toHaveLength(1);
    const [share] = await planned('share-master-certificate');
    expect((await look(open(), share)).shortfall).toEqual([]);
  });

  test("is the site's own where it has one, which is looked into first", async () => {
    const made = await labUpTo('share-master-certificate');
    const [pfxFile, content] =
      Object.entries(made.shares()).find(([name]) => name.endsWith('master.pfx')) ?? [];
    const site = siteWith((given) => {
      const { create } = given.scaleOutMaster.certificate as unknown as {
        create: { writePfx: string; pfxPassword: string };
      };
      given.scaleOutMaster.certificate = {
        existing: { pfx: create.writePfx, pfxPassword: create.pfxPassword },
      };
    });
    const sealed = made.unseal(content?.content ?? '');
    closeLab();
    const { at, put, estate } = await labUpTo('create-master-certificate', site);
    for (const { files: lying } of Object.values(estate().shares)) delete lying[pfxFile ?? ''];
    const [step] = await planned('create-master-certificate');
    await expect(applied(step)).rejects.toThrow(/PFX file .* is not there/);
    put(pfxFile ?? '', sealed);
    await perform(open(), step);
    expect(at('NODE-A').certificates.filter(({ store }) => store === 'Root')).toHaveLength(1);
  });
});

describe('setup', () => {
  test('wants a restart where it replaced files in use, and is in place after it', async () => {
    const { at } = await labUpTo('install-on-primary');
    const medium = at('NODE-A').media[open().site.product.media];
    if (medium) medium.replacesFilesInUse = true;
    const [step] = await planned('install-on-primary');
    const before = await look(open(), step);
    await apply(open(), step, before.observed);
    const after = await seenAsItIs(step);
    expect(after).toMatchObject({ restartPends: true, shortfall: [] });
    expect(await look(open(), step)).toMatchObject({ restartPends: false, shortfall: [] });
  });

  test('installs nothing while a restart pends, which the next look sees', async () => {
    const { at } = await labUpTo('install-on-primary');
    const [step] = await planned('install-on-primary');
    const before = await look(open(), step);
    at('NODE-A').pendingRestart.push('Session Manager\\PendingFileRenameOperations');
    await apply(open(), step, before.observed);
    const after = await seenAsItIs(step);
    expect(after.restartPends).toBe(true);
    expect(after.shortfall).toHaveLength(3);
  });

  test.each([
    ['the password of an account is wrong', setWrongPassword],
    ['the media are of an edition without a Scale Out Master', setStandardEdition],
    ['the folder of the updates is not there', dropUpdates],
  ])('is refused, with advice, where %s', async (_why, spoil) => {
    const { at } = await labUpTo('install-on-primary');
    spoil(at('NODE-A'));
    const [step] = await planned('install-on-primary');
    await expect(applied(step)).rejects.toThrow(/0x84B40000/);
    expect((await look(open(), step)).shortfall).toHaveLength(3);
  });

  test('of an earlier run counts for nothing, unless it is still under way', async () => {
    const { at } = await labUpTo('install-on-primary');
    const [step] = await planned('install-on-primary');
    const { powershell } = open().portsOn('NODE-A');
    const { media } = open().site.product;
    const begin = (runId: string) =>
      powershell.run('startSetup', { journal: 'site\\step\\1', runId, media, arguments: [], secrets: [] });
    const { state } = open().laboratory.store;
    state.pace = 1;
    expect(await begin('first')).toEqual({ started: true });
    expect(await begin('second')).toEqual({ started: false });
    state.pace = 0;
    for (const process of at('NODE-A').processes) Object.assign(process, { endsAt: 0 });
    expect(await powershell.run('getSetup', { journal: 'site\\step\\1', waitSeconds: 1 })).toMatchObject({
      state: 'ended',
    });
    expect(await begin('first')).toEqual({ started: false });
    expect(await begin('second')).toEqual({ started: true });
    expect((await look(open(), step)).shortfall).toHaveLength(3);
  });

  test('adds Integration Services to an engine only where both are of one build', async () => {
    const { at } = await labUpTo('configure-engine');
    const host = at('NODE-A');
    forgetIntegrationServices(host);
    const [step] = await planned('install-on-primary');
    const gate = (await look(open(), step)).gate ?? '';
    expect(gate).toMatch(
      /^Install IS,IS_Master on NODE-A\? The engine MSSQLSERVER that is there is restarted/,
    );
    engineOf(host).version = '16.0.1000.6';
    await expect(applied(step)).rejects.toThrow(/is of build 16\.0\.1000\.6/);
    engineOf(host).version = open().site.product.build;
    await applied(step, await look(open(), step), 'another run');
    expect(host.services['SSISScaleOutMaster160']).toBeDefined();
  });
});
