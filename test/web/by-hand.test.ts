import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { siteSchema } from '../../activities/site.ts';
import { exportByHand } from '../../src/by-hand/export.ts';
import { writeHandFiles } from '../../src/by-hand/folder.ts';
import type { RunClient } from '../../src/client.ts';
import { byHandRoutes } from '../../src/web/routes/by-hand.ts';
import type { Visit } from '../../src/web/visit.ts';
import { ROLES } from '../../src/web/visitor.ts';
import type { Json } from '../../workflows/contract.ts';
import { planFor } from '../by-hand/export-and-run.ts';
import { snapshotWith, stepWith } from '../cli/snapshots.ts';
import { sampleSite } from '../site-builder.ts';

const PATIENCE_MS = 180_000;
const MARK = [0xef, 0xbb, 0xbf];

test(
  'the archive of the page holds what the command writes, scripts with the mark that Windows PowerShell needs',
  { timeout: PATIENCE_MS },
  async () => {
    const sample = sampleSite();
    const site = siteSchema.parse({
      ...sample,
      availabilityGroup: { ...(sample['availabilityGroup'] as object), name: 'AG-ESPAÑA' },
    });
    const left = 'install-clustering-feature@NODE-A';
    const { steps } = await planFor(site);
    const run = snapshotWith({
      steps: steps.map(({ key }) => stepWith({ key, state: key === left ? 'pending' : 'changed' })),
    });
    const made = await exportByHand(run, site as unknown as Json);

    const folder = mkdtempSync(join(tmpdir(), 'ssis-ha-by-hand-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeHandFiles(made.files, folder);

    const archive = unzipSync(await downloaded({ byHand: () => Promise.resolve(made) }));
    expect(Object.keys(archive).toSorted()).toEqual(readdirSync(folder).toSorted());
    for (const [name, bytes] of Object.entries(archive)) {
      expect({ name, bytes: Buffer.from(bytes) }).toEqual({ name, bytes: readFileSync(join(folder, name)) });
      expect({ name, isMarked: MARK.every((byte, at) => bytes[at] === byte) }).toEqual({
        name,
        isMarked: name.endsWith('.ps1'),
      });
    }
    expect(Buffer.from(archive['restart-NODE-A.ps1'] ?? []).toString('utf8')).toContain('AG-ESPAÑA');
  },
);

async function downloaded(client: Partial<RunClient>): Promise<Uint8Array> {
  const found = { find: () => Promise.resolve({ workflowId: 'ssis-ha/sample', runId: 'run-1' }), ...client };
  const app = new Hono<Visit>()
    .use(async (c, next) => {
      c.set('visitor', { name: 'ann', roles: ROLES });
      await next();
    })
    .route('/', byHandRoutes(found as RunClient));
  const response = await app.request('/runs/run-1/by-hand');
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}
