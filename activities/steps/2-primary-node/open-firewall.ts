import { z } from 'zod';
import { firewallRule } from '../../scripts/lines/firewall.ts';
import { rulesFor, sameAddresses, sayRule, type WantedRule } from '../../setup/firewall.ts';
import { defineChange } from '../../step.ts';
import { everyNode } from '../hosts.ts';

/**
 * Rules with fixed names, so that they are found again and never made twice: the Master's port for workers and
 * nodes, the engine's and the listener's for operators too, the endpoint's for the nodes alone. Never for
 * everybody. Setup documents opening none of them.
 *
 * Source: *Walkthrough*, open the firewall port; *New-NetFirewallRule*, -Name and -RemoteAddress.
 */
export const openFirewall = defineChange({
  id: 'open-firewall',
  title: 'Open the ports of Master, engine and endpoint',
  why: 'Workers, the other nodes and operators could not reach them.',
  on: (site) => (site.firewall.manage ? everyNode(site) : []),
  patience: { applyMinutes: 5, settleMinutes: 2 },
  takes: rulesFor,

  observed: z.strictObject({ rules: z.array(firewallRule) }),
  probe: ({ powershell }, { rules }) =>
    powershell.run('getFirewallRules', { names: rules.map(({ name }) => name) }),
  shortfall: (observed, input) =>
    wantedRules(input).flatMap((rule) => {
      const found = observed.rules.find(({ name }) => name === rule.name);
      if (!found) return [`Nothing lets ${sayRule(rule)}`];
      return isSame(found, rule)
        ? []
        : [`The rule ${rule.name} does not let ${sayRule(rule)} and nobody else`];
    }),

  async apply({ powershell }, input, { before }) {
    for (const rule of wantedRules(input)) {
      const found = before.rules.find(({ name }) => name === rule.name);
      if (!found || !isSame(found, rule)) await powershell.run('setFirewallRule', { ...rule, enabled: true });
    }
  },
  undo: {
    async auto({ powershell }, input, { before }) {
      const now = await powershell.run('getFirewallRules', { names: input.rules.map(({ name }) => name) });
      for (const { name } of input.rules) {
        const old = before.rules.find((known) => known.name === name);
        const found = now.rules.find((known) => known.name === name);
        if (!old && found) await powershell.run('removeFirewallRule', { name });
        if (old && JSON.stringify(old) !== JSON.stringify(found))
          await powershell.run('setFirewallRule', old);
      }
    },
  },
});

type Found = z.output<typeof firewallRule>;
type Input = ReturnType<typeof rulesFor>;

function wantedRules({ profile, addresses, rules }: Input): WantedRule[] {
  return rules.map(({ name, displayName, port, from }) => ({
    name,
    displayName,
    port: String(port),
    profile,
    remoteAddresses: from.flatMap((kind) => addresses[kind]),
  }));
}

function isSame(found: Found, wanted: WantedRule): boolean {
  return (
    found.enabled &&
    found.port === wanted.port &&
    found.profile === wanted.profile &&
    sameAddresses(found.remoteAddresses, wanted.remoteAddresses)
  );
}
