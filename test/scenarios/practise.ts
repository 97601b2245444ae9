import { OperatorError, TransientError } from '../../activities/failures.ts';
import type { PlannedStep } from '../../workflows/contract.ts';
import { siteSchema } from '../../activities/site.ts';
import { scenarios } from '../../lab/scenarios/index.ts';
import { Stage, type Scenario } from '../../lab/scenarios/scenario.ts';
import { mend, spoil } from '../../lab/scenarios/spoiling.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { sampleSite } from '../site-builder.ts';
import { apply, look, planOf, restart, stepOf, walk } from '../steps/walk.ts';

/** What a run told its person, and where. */
export interface Told {
  readonly step: string;
  readonly message: string;
  readonly advice: string;
}

export interface Practised {
  /** What it asked for, in order; empty where it found a way by itself. */
  readonly told: readonly Told[];
  /** What it asked before it went on, though nothing was in its way. */
  readonly asked: readonly Told[];
  /** Ids of the steps that changed something. */
  readonly changed: readonly string[];
}

/** Practises a scenario by its name, in an estate of its own. */
export async function practised(name: string, language?: 'de'): Promise<Practised> {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (!scenario) throw new RangeError(`No scenario ${name}`);
  const lab = labFor(scenario);
  if (language) lab.laboratory.estate.language = language;
  try {
    return await practise(lab, scenario);
  } finally {
    lab.close();
  }
}

/** An estate on which the scenario can show. */
export function labFor({ needs }: Scenario): InProcessLab {
  if (!needs) return openInProcessLab();
  const part = { ...(sampleSite()[needs.part] as object), [needs.key]: needs.value };
  return openInProcessLab(siteSchema.parse(sampleSite({ [needs.part]: part })));
}

/** Performs the whole plan with a script that is refused once somebody runs it, until a person is told of it. */
export async function practisedFault(script: string): Promise<Practised> {
  const lab = openInProcessLab();
  const fault = { id: 1, host: '*', script, kind: 'refuse', occurrence: 1, times: 1, seen: 0 } as const;
  lab.laboratory.store.state.faults.push({ ...fault });
  try {
    return await performAll(lab, () => lab.laboratory.clearFaults());
  } finally {
    lab.close();
  }
}

export async function practise(lab: InProcessLab, scenario: Scenario): Promise<Practised> {
  if (scenario.on === 'finished') await walk(lab);
  const { estate } = lab.laboratory;
  const spoilt = spoil(estate, () => new Stage(estate, lab.site, lab.sealer).play(scenario));
  if (spoilt.length === 0) throw new Error(`${scenario.name} changes nothing`);
  return performAll(lab, () => mend(lab.laboratory.estate, spoilt));
}

/** Performs the whole plan, with a person who removes the cause as soon as it is told of. */
async function performAll(lab: InProcessLab, removeCause: () => void): Promise<Practised> {
  const told: Told[] = [];
  const asked: Told[] = [];
  const changed: string[] = [];
  for (const planned of await planOf(lab)) {
    if (planned.chapter === 10 && planned.id.startsWith('drill')) continue;
    for (;;) {
      const turn = await takeTurn(lab, planned, told.length + 1, asked);
      if (turn === 'changed') changed.push(planned.id);
      if (typeof turn === 'string') break;
      if (told.length > 0)
        throw new Error(`${planned.key} is stuck though the cause is gone: ${turn.message}`);
      told.push(turn);
      removeCause();
    }
  }
  return { told, asked, changed };
}

/** Another run than that which finished the estate: it has proofs and journals of its own. */
const THE_RUN = '11111111-1111-1111-1111-111111111111';

async function takeTurn(
  lab: InProcessLab,
  planned: PlannedStep,
  tries: number,
  asked: Told[],
): Promise<'in place' | 'changed' | Told> {
  try {
    const run = { runId: THE_RUN, tries };
    const before = await look(lab, planned, run);
    if (before.shortfall.length === 0) return 'in place';
    if (planned.kind === 'check') return tell(planned, before.shortfall.join('; '), before.advice ?? '');
    if (before.gate !== null) asked.push(tell(planned, [before.gate, ...before.notes].join(' '), ''));
    await apply(lab, planned, before.observed, run);
    if ((await look(lab, planned, run)).restartPends) restart(lab, planned.host);
    const after = await look(lab, planned, run);
    if (after.shortfall.length === 0) return 'changed';
    return tell(planned, `Still missing: ${after.shortfall.join('; ')}`, 'Look into it, then retry.');
  } catch (error) {
    if (error instanceof OperatorError) return tell(planned, error.message, error.advice);
    if (error instanceof TransientError) return tell(planned, error.message, 'Look into it, then retry.');
    throw error;
  }
}

function tell(planned: PlannedStep, message: string, advice: string): Told {
  return { step: stepOf(planned).id, message, advice };
}
