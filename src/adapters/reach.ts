import { OperatorError } from '../../activities/failures.ts';
import type { Access } from '../../workflows/contract.ts';
import type { OpenPorts, Reach } from '../../activities/index.ts';
import { IntegratedSql } from './integrated-sql.ts';
import { LeasedPowerShell } from './powershell.ts';
import { secrets } from './secrets.ts';
import { Shells } from './shells.ts';
import { Connections, LeasedSql } from './sql-server.ts';
import { Vault } from './vault.ts';

/** How a worker reaches the hosts that it serves: it stands on them, or remotes into them. */
export type Via = 'here' | 'remoting';

/** A program that stands in for PowerShell is a matter for trials. Throws an OperatorError in production. */
function refuseStandIn({ environment }: Access): void {
  const standIn = process.env['NODE_POWERSHELL'];
  if (environment !== 'production' || !standIn) return;
  throw new OperatorError(
    `NODE_POWERSHELL lets ${standIn} stand for PowerShell, which production refuses`,
    'Take it out of the environment of the agent, start the agent anew, then retry.',
  );
}

/** The real world: warm shells and pooled connections, opened at the first use and shared by all activities. */
export function openReach(via: Via): Reach & { close(): Promise<void> } {
  const shells = new Shells();
  const connections = new Connections(secrets);
  return {
    async open(task, fence, patience): Promise<OpenPorts> {
      const { access, host } = task;
      refuseStandIn(access);
      const server = `${host}.${access.domain}`.toLowerCase();
      const fenced = fence === 'fenced';
      const powershell = new LeasedPowerShell(shells, host, via === 'remoting' ? server : null, fenced);
      const own = { server, port: access.instance.port };
      const sql =
        access.operator.sqlAuthentication === 'integrated'
          ? new IntegratedSql(new LeasedPowerShell(shells, `${host}: sql`, null, false), access, own, fenced)
          : new LeasedSql(connections, access, own, fenced);
      const giveUp = () => {
        powershell.giveUp();
        sql.giveUp();
      };
      patience.addEventListener('abort', giveUp, { once: true });
      return {
        powershell,
        sql,
        secrets,
        vault: new Vault(powershell),
        clock: { now: () => new Date() },
        async close(outcome) {
          patience.removeEventListener('abort', giveUp);
          await Promise.all([sql.close(outcome), powershell.close(outcome)]);
        },
      };
    },
    async close() {
      shells.close();
      await connections.close();
    },
  };
}
