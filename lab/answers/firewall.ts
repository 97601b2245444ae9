import type * as lines from '../../activities/scripts/lines/firewall.ts';
import type { PowerShellAnswers } from '../scene.ts';
import { requireAdministrator } from './host.ts';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getFirewallRules: {
    target: ({ names }) => names.join(','),
    answer: ({ host }, { names }) => ({
      rules: names.flatMap((name) => {
        const rule = host.firewall[name];
        if (!rule) return [];
        const { displayName, port, remoteAddresses, profile, enabled } = rule;
        const told = remoteAddresses.map(asWindowsTells);
        return [{ name, displayName, port: String(port), remoteAddresses: told, profile, enabled }];
      }),
    }),
  },
  setFirewallRule: {
    target: ({ name }) => name,
    answer: (scene, { name, displayName, port, remoteAddresses, profile, enabled }) => {
      requireAdministrator(scene);
      const rule = {
        displayName,
        port: Number(port),
        remoteAddresses: [...remoteAddresses],
        profile,
        enabled,
      };
      scene.host.firewall[name] = rule;
      return {};
    },
  },
  removeFirewallRule: {
    target: ({ name }) => name,
    answer: (scene, { name }) => {
      requireAdministrator(scene);
      delete scene.host.firewall[name];
      return {};
    },
  },
};

/** Source: *Get-NetFirewallAddressFilter*: networks come back with their mask, not with their prefix. */
function asWindowsTells(address: string): string {
  const [start = '', bits] = address.split('/');
  if (bits === undefined || bits.includes('.')) return address;
  const mask = 2 ** 32 - 2 ** (32 - Number(bits));
  return `${start}/${[24, 16, 8, 0].map((shift) => Math.floor(mask / 2 ** shift) % 256).join('.')}`;
}
