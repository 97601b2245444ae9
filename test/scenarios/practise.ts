import { OperatorError, TransientError } from '../../activities/failures.ts';
import type { PlannedStep } from '../../workflows/contract.ts';
import { Stage, type Scenario } from '../../lab/scenarios/scenario.ts';
import { mend, spoil } from '../../lab/scenarios/spoiling.ts';
import type { InProcessLab } from '../lab/in-process.ts';
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
  /** Ids of the steps that changed something. */
  readonly changed: readonly string[];
}

/** Performs the whole plan on a spoilt estate, with a person who removes the cause as soon as it is told of. */
export async function practise(lab: InProcessLab, scenario: Scenario): Promise<Practised> {
  if (scenario.on === 'finished') await walk(lab);
  const { estate } = lab.laboratory;
  const spoilt = spoil(estate, () => scenario.spoil(new Stage(estate, lab.site, lab.sealer)));
  if (spoilt.length === 0) throw new Error(`${scenario.name} changes nothing`);
  const told: Told[] = [];
  const changed: string[] = [];
  for (const planned of await planOf(lab)) {
    if (planned.chapter === 10 && planned.id.startsWith('drill')) continue;
    for (;;) {
      const turn = await takeTurn(lab, planned, told.length + 1);
      if (turn === 'changed') changed.push(planned.id);
      if (typeof turn === 'string') break;
      if (told.length > 0)
        throw new Error(`${planned.key} is stuck though the cause is gone: ${turn.message}`);
      told.push(turn);
      mend(lab.laboratory.estate, spoilt);
    }
  }
  return { told, changed };
}

async function takeTurn(
  lab: InProcessLab,
  planned: PlannedStep,
  tries: number,
): Promise<'in place' | 'changed' | Told> {
  try {
    const before = await look(lab, planned);
    if (before.shortfall.length === 0) return 'in place';
    if (planned.kind === 'check') return tell(planned, before.shortfall.join('; '), before.advice ?? '');
    await apply(lab, planned, before.observed, tries);
    if ((await look(lab, planned)).restartPends) restart(lab, planned.host);
    const after = await look(lab, planned);
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
