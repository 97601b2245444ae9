import { z } from 'zod';
import { change, look } from '../script.ts';

/** One inbound rule of the Windows firewall. */
export const firewallRule = z.strictObject({
  name: z.string(),
  displayName: z.string(),
  port: z.string(),
  remoteAddresses: z.array(z.string()),
  profile: z.string(),
  enabled: z.boolean(),
});

export const powershell = {
  getFirewallRules: look(
    'get-firewall-rules.ps1',
    z.strictObject({ names: z.array(z.string()) }),
    z.strictObject({ rules: z.array(firewallRule) }),
  ),
  setFirewallRule: change('set-firewall-rule.ps1', firewallRule),
  removeFirewallRule: change('remove-firewall-rule.ps1', z.strictObject({ name: z.string() })),
} as const;
