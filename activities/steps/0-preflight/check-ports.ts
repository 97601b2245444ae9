import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import { versionSuffix } from '../../site.ts';
import { everyNode } from '../hosts.ts';

/**
 * Ports of the engine, of the endpoint and of the Master: free, or held by the very service that is meant to
 * hold them.
 *
 * Source: domain facts, section 3, table of ports.
 */
export const checkPorts = defineFindings({
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
  findings: ({ taken }, { host, ports }) =>
    taken.map(({ port, holder }) => ({
      id: 'port-taken',
      line: 'free-ports',
      fault: `Port ${port} of ${host} is held by ${holder}`,
      breaks: BREAKS[ports.findIndex((wanted) => wanted.port === port)] ?? [],
    })),
});

/** In the order of the ports. */
const BREAKS = [
  ['configure-engine', 'configure-engine-on-secondary'],
  ['create-endpoint'],
  ['install-on-primary', 'install-on-secondary'],
];
