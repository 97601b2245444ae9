import { z } from 'zod';
import { adviceFor, asFindings, faultsOf, type Finding } from '../../requests/lines.ts';
import { versionSuffix } from '../../site.ts';
import { defineCheck } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * Ports of the engine, of the endpoint and of the Master: free, or held by the very service that is meant to
 * hold them.
 *
 * Source: domain facts, section 3, table of ports.
 */
export const checkPorts = defineCheck({
  id: 'check-ports',
  title: 'Look whether the ports are free',
  why: 'A service that finds its port taken starts and serves nobody.',
  on: everyNode,
  after: [{ sameHost: 'check-host' }],
  takes(site, host) {
    const { instance, availabilityGroup, scaleOutMaster } = site;
    const engine = instance.name === 'MSSQLSERVER' ? 'MSSQLSERVER' : `MSSQL$${instance.name}`;
    return {
      host,
      ports: [
        { port: instance.port, service: engine },
        { port: availabilityGroup.endpointPort, service: engine },
        { port: scaleOutMaster.port, service: `SSISScaleOutMaster${versionSuffix(site)}` },
      ],
    };
  },

  observed: z.strictObject({ taken: z.array(z.strictObject({ port: z.number(), holder: z.string() })) }),
  async probe({ powershell }, { ports }) {
    const found = await powershell.run('getPorts', { ports });
    return {
      taken: found.ports.flatMap(({ port, holder, isOurs }) =>
        holder === null || isOurs ? [] : [{ port, holder }],
      ),
    };
  },
  shortfall: ({ taken }, { host }) => faultsOf(findings(taken, host)),
  advice: ({ taken }, { host }) =>
    adviceFor(
      findings(taken, host),
      'Move the other program to another port, or name another port in the site file, then retry.',
    ),
});

function findings(
  taken: readonly { readonly port: number; readonly holder: string }[],
  host: string,
): readonly Finding[] {
  return asFindings(
    'free-ports',
    taken.map(({ port, holder }) => `Port ${port} of ${host} is held by ${holder}`),
  );
}
