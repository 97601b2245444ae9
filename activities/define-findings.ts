import type { Json } from '../workflows/contract.ts';
import { judged } from './findings/judged.ts';
import type { FindingId } from './findings/known.ts';
import type { Finding } from './requests/lines.ts';
import type { Basics } from './step-spec.ts';
import { changesNothing, commonOf, see, type Step } from './step.ts';

/**
 * A check that tells its findings one by one: errors are its shortfall, and it asks about warnings that the
 * site file does not accept.
 */
export function defineFindings<Observed extends Json, Input extends Json>(
  spec: FindingsSpec<Observed, Input>,
): Step {
  const { warnings = [] } = spec;
  return {
    ...commonOf(spec),
    ...changesNothing(spec.id),
    asks: warnings.length === 0 ? 'never' : 'sometimes',
    takes: (site, host) => ({ host, own: spec.takes(site, host) }),
    look: async (ports, given, context) => {
      const { host, own } = given as unknown as FindingsInput<Input>;
      const { accepted = [] } = context;
      const { observed, notes } = await see(spec, ports, own, context);
      const now = ports.clock.now();
      const said = judged(spec.findings(observed, own, now), { host, accepted, now });
      return { observed, restartPends: false, ...said, notes: [...said.notes, ...notes] };
    },
  };
}

interface FindingsInput<Input extends Json> {
  readonly host: string;
  readonly own: Input;
}

interface FindingsSpec<Observed, Input extends Json> extends Basics<Observed, Input> {
  /** All that is not as it should be, one by one; empty means in place. */
  readonly findings: (observed: Observed, input: Input, now: Date) => readonly Finding[];
  /** Those of its findings that are warnings: the plan says that it may ask. */
  readonly warnings?: readonly FindingId[];
}
