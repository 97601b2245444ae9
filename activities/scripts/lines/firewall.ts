import { z } from 'zod';
import { change, look } from '../script.ts';

const rule = z.strictObject({
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
    z.strictObject({ rules: z.array(rule) }),
  ),
  setFirewallRule: change('set-firewall-rule.ps1', rule),
  removeFirewallRule: change('remove-firewall-rule.ps1', z.strictObject({ name: z.string() })),
} as const;
