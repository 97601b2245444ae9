import type { Look, PlannedStep, Told } from './contract.ts';

/** What a look tells beside its shortfall, as it is shown: each finding with the step of the plan that it would break. */
export function toldBy({ truth, warnings, findings, facts }: Look, steps: readonly PlannedStep[]): Told {
  return {
    ...(truth && { truth }),
    ...(warnings && { warnings }),
    ...(facts && { seen: { at: new Date().toISOString(), facts } }),
    ...(findings && {
      findings: findings.map((found) => ({ ...found, breaks: brokenBy(found.breaks, found.host, steps) })),
    }),
  };
}

/** The first of the steps that the host performs or is held for; else the first that the plan has anywhere. */
function brokenBy(ids: readonly string[], host: string, steps: readonly PlannedStep[]): string | null {
  const candidates = ids.flatMap((id) => steps.filter((step) => step.id === id));
  const broken = candidates.find(({ holds }) => holds.includes(host)) ?? candidates[0];
  return broken?.key ?? null;
}
