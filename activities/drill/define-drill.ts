import { placeFacts } from '../facts.ts';
import { defineChange, type Step } from '../step.ts';
import { bringBack } from './drill-moves.ts';
import { drillAsStep, drillGroundsOf, leavesExecutions, notBackYet, type DrillSpec } from './drill-spec.ts';
import { drillObserved, lookAtDrill } from './look-at-drill.ts';
import { performDrill } from './perform-drill.ts';
import { isAt, sayPlace, type DrillKind } from './stations.ts';

/**
 * A drill moves what would move by itself in an emergency, proves at every place that Scale Out still works, and
 * brings everything back. A drill of an earlier run proves nothing for this one. Its executions are its memory, so
 * it carries on after whatever interrupts it.
 */
export function defineDrill(spec: DrillSpec<DrillKind>): Step {
  return defineChange({
    ...drillAsStep(spec),
    proves: 'failover',
    patience: { applyMinutes: 180, settleMinutes: 10 },
    takes: (site) => ({ id: spec.id, kind: spec.kind, ...drillGroundsOf(site) }),

    observed: drillObserved,
    probe: (ports, input, context) => lookAtDrill(ports, input, context),
    shortfall({ place, home, stations, troubles }) {
      if (stations.length === 0) return ['There is no second node that everything could move to'];
      const said = stations.map(
        (station, at) => `${sayPlace(station)}${at > 0 && isAt(station, home) ? ', back again' : ''}`,
      );
      const open = said.filter((_place, at) => stations[at]?.standing !== 'good');
      return [
        ...open.map((where) => `Not proven in this run: ${where}`),
        ...notBackYet(place, home),
        ...(open.length === 0 ? troubles : []),
      ];
    },
    facts: ({ place }, input) => placeFacts(place, input),

    apply: (ports, input, context) => performDrill(ports, input, context),
    undo: {
      asks: (ports, input, context) => bringBack(ports, input, context.before.home, context),
      ...leavesExecutions,
    },
  });
}
