import { sqlScripts } from '../../activities/scripts/index.ts';
import type { PlannedStep } from '../../workflows/contract.ts';
import { engineNamed } from '../../lab/model/availability.ts';
import type { LedgerEntry } from '../../lab/store.ts';
import type { InProcessLab } from '../lab/in-process.ts';
import { look, perform, planOf, stepOf } from './walk.ts';

/** What a step speaks to, and what it stops for a while, as the estate has seen it. */
export interface Services {
  readonly planned: PlannedStep;
  readonly needs: ReadonlySet<string>;
  readonly takesDown: ReadonlySet<string>;
}

/**
 * Performs every step and tells from the ledger which engines it asked and which services it stopped. A step that
 * may restart its host may stop everything on it, also where this estate wants no restart.
 */
export async function servicesOf(lab: InProcessLab): Promise<readonly Services[]> {
  const services: Services[] = [];
  for (const planned of await planOf(lab)) {
    const before = lab.laboratory.store.ledger.length;
    await perform(lab, planned);
    await look(lab, planned);
    const calls = lab.laboratory.store.ledger.slice(before);
    const needs = new Set(calls.flatMap((call) => neededFor(call, lab)));
    const stopped = calls.flatMap((call) => (call.outcome === 'changed' ? stoppedBy(call, planned) : []));
    const restarted = stepOf(planned).mayRestart ? everythingOn(planned.host) : [];
    services.push({ planned, needs, takesDown: new Set([...stopped, ...restarted]) });
  }
  return services;
}

function neededFor({ host, script }: LedgerEntry, lab: InProcessLab): string[] {
  const { estate } = lab.laboratory;
  if (script in sqlScripts) {
    const isPrimary = Object.values(estate.groups).some(
      ({ primary }) => engineNamed(estate, primary)?.host.name === host,
    );
    return [`the engine of ${host}`, ...(isPrimary ? ['SSISDB'] : [])];
  }
  return script === 'getMasterEndpoint' ? ['the role'] : [];
}

function stoppedBy({ host, script }: LedgerEntry, { chapter }: PlannedStep): string[] {
  switch (script) {
    case 'restartEngine':
      return [`the engine of ${host}`, 'SSISDB'];
    case 'setListenerNetworkName':
    case 'failOverGroup':
      return ['SSISDB'];
    case 'setProbePort':
      return [chapter === 4 ? 'SSISDB' : 'the role'];
    case 'breakNode':
      return [...everythingOn(host), 'SSISDB', 'the role'];
    case 'restartMaster':
    case 'moveRole':
    case 'killMaster':
    case 'tuneMasterRole':
      return ['the role'];
    default:
      return [];
  }
}

function everythingOn(host: string): string[] {
  return [`the engine of ${host}`];
}
