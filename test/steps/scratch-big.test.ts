import { test } from 'vitest';
import { makePlan } from '../../activities/plan.ts';
import { procedure } from '../../activities/steps/index.ts';
import { siteSchema } from '../../activities/site.ts';
import { sampleSite } from '../site-builder.ts';
test('big', async () => {
  const nodes = Array.from({ length: 8 }, (_, i) => ({
    name: `NODE-NAME-LON-${i}`,
    ip: `10.10.0.${30 + i}`,
    first: i === 0,
  }));
  const workers = Array.from({ length: 40 }, (_, i) => ({
    name: `WORKER-LONG-N${i}`,
    ip: `10.10.1.${30 + i}`,
    maxTasks: 10,
  }));
  const s = sampleSite({ nodes, workers });
  (s.scaleOutMaster as any).preferredOwners = nodes.map((n) => n.name);
  const site = siteSchema.parse(s);
  const plan = await makePlan(procedure, site as never, { version: '0', scripts: '0' });
  const n = plan.steps.length;
  const checks = plan.steps.filter((x) => x.kind === 'check').length;
  console.log(
    'steps',
    n,
    'checks',
    checks,
    'estimate',
    checks * 6 + (n - checks) * 18,
    'plan bytes',
    JSON.stringify(plan).length,
    'can',
    plan.canProveFailover,
  );
  const by: Record<string, number> = {};
  for (const x of plan.steps) by[x.chapter] = (by[x.chapter] ?? 0) + 1;
  console.log(JSON.stringify(by));
  console.log(
    plan.steps
      .map((x) => [x.id, JSON.stringify(x.input).length] as const)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 8),
  );
  console.log(
    plan.steps
      .map((x) => [x.id, x.after.length] as const)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 5),
  );
});
