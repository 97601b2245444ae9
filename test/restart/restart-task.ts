import * as restart from '../../activities/restart/index.ts';
import type { Fault } from '../../lab/faults.ts';
import type { StepTask } from '../../workflows/contract.ts';
import type { InProcessLab } from '../lab/in-process.ts';
import { hostOf } from '../lab/pair-at-work.ts';

/** The task of a restart that a person has agreed to, as it was seen then. */
export async function agreedTask(
  lab: InProcessLab,
  host: string,
  restarts: Record<string, number> = {},
): Promise<StepTask> {
  const task = taskOn(lab, host, restarts);
  const { bootId, before } = await restart.look(lab.portsOn(host), task);
  return { ...task, before: { bootId, drained: before } };
}

export function taskOn(lab: InProcessLab, host: string, restarts: Record<string, number> = {}): StepTask {
  const { site } = lab;
  return {
    key: `some-step@${host}`,
    host,
    build: { version: '0', scripts: '0' },
    input: null,
    tries: 1,
    fenced: false,
    before: null,
    access: {
      environment: 'lab',
      domain: site.directory.domain,
      operator: { account: site.operator.account, password: null, sqlAuthentication: 'ntlm' },
      instance: { name: site.instance.name, port: site.instance.port },
      tls: { verify: true, authorities: null },
      nodes: site.nodes.map(({ name }) => name),
      group: site.availabilityGroup.name,
      role: site.scaleOutMaster.name,
      restarts: { perHost: 3, drainPackagesMinutes: 60, ...restarts },
    },
  };
}

/** The host goes down and comes up again. */
export function boot(lab: InProcessLab, name: string): void {
  hostOf(lab, name).restartsAt = 0;
  lab.laboratory.tick();
  lab.laboratory.tick();
}

export function fault(script: string, kind: 'lose-answer' | 'drop'): Fault {
  return { id: 1, host: '*', script, kind, occurrence: 1, times: 1, seen: 0 };
}
