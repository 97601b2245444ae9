import type * as lines from '../../activities/scripts/lines/preflight.ts';
import { clusterHolds } from '../model/cluster.ts';
import type { Estate } from '../model/estate.ts';
import type { Account } from '../model/estate/directory.ts';
import type { Host } from '../model/estate/host.ts';
import { holdsRight } from '../model/user-rights.ts';
import { sameName } from '../model/same-name.ts';
import type { PowerShellAnswers, SqlAnswers } from '../scene.ts';
import { clusterOf } from './cluster.ts';

export const powershell: PowerShellAnswers<keyof typeof lines.powershell> = {
  getSpns: {
    target: ({ spns }) => spns.join(', '),
    answer: ({ estate }, { spns }) => ({
      spns: spns.map((spn) => ({ spn, accounts: estate.directory.spns[spn.toLowerCase()] ?? [] })),
    }),
  },
  getHost: {
    target: (_parameters, { host }) => host.name,
    answer: ({ estate, host, account }, { domain, peers }) => ({
      domain: host.domain,
      isMemberServer: true,
      build: host.osBuild.split('.')[0] ?? '',
      account,
      isAdministrator: host.administrators.some((name) => sameName(name, account)),
      skewSeconds: host.domain !== null && sameName(host.domain, domain) ? host.clockSkewSeconds : null,
      drives: Object.entries(host.freeGb).map(([name, freeGb]) => ({ name, freeGb })),
      peers: peers.map((name) => peerOf(estate, name)),
    }),
  },
  getMedia: {
    target: ({ media }) => media,
    answer: ({ host }, { media, updates }) => {
      const medium = host.media[media];
      const update = host.media[updates];
      return {
        setup: medium ? `${MAJOR[medium.version] ?? '0'}.0.1000.6` : null,
        key: medium ? keyOf(medium.edition) : ('none' as const),
        updates: update ? [{ file: `SQLServer${update.version}-x64.exe`, build: update.build }] : [],
      };
    },
  },
  getAccounts: {
    target: ({ accounts }) => accounts.join(','),
    answer: ({ estate, host }, { accounts }) => ({
      accounts: accounts.map((account) =>
        accountOf(host, account, estate.directory.accounts[account.toLowerCase()]),
      ),
    }),
  },
  getPolicyRights: {
    target: ({ rights }) => rights.join(','),
    answer: ({ host }, { accounts, rights }) => ({
      rights: rights
        .filter((right) => host.userRights[right] !== undefined)
        .map((right) => ({
          right,
          without: accounts.filter((account) => !holdsRight(host, right, account)),
        })),
    }),
  },
  getNames: {
    target: ({ names }) => names.map(({ name }) => name).join(','),
    answer: (scene, { names, addresses }) => ({
      mayCreate: scene.estate.directory.accounts[scene.account.toLowerCase()]?.canCreateComputers ?? false,
      names: names.map(({ name, holder }) => nameOf(scene.estate, name, holder)),
      answering: addresses.filter((address) => answers(scene.estate, address)),
      held: clusterOf(scene) ? clusterHolds(scene.estate) : { names: [], addresses: [] },
    }),
  },
  getPorts: {
    target: ({ ports }) => ports.map(({ port }) => port).join(','),
    answer: ({ host }, { ports }) => ({ ports: ports.map((wanted) => portOf(host, wanted)) }),
  },
};

export const sql: SqlAnswers<keyof typeof lines.sql> = {
  getSignIn: {
    target: (_parameters, { login }) => login,
    answer: ({ instance, login }) => ({
      login,
      authScheme: 'NTLM',
      isSysadmin: instance.logins[login.toLowerCase()]?.serverRoles.includes('sysadmin') ?? false,
    }),
  },
};

const MAJOR: Readonly<Record<number, string>> = { 2016: '13', 2017: '14', 2019: '15', 2022: '16' };

function keyOf(edition: string): 'evaluation' | 'developer' | 'own' {
  if (edition === 'Developer') return 'developer';
  return edition === 'Evaluation' ? 'evaluation' : 'own';
}

function peerOf({ directory, hosts }: Estate, fullName: string) {
  const [name = ''] = fullName.toLowerCase().split('.');
  const host = Object.values(hosts).find((candidate) => sameName(candidate.name, name));
  const addresses = [...(directory.dns[name]?.addresses ?? [])];
  return {
    name: fullName,
    addresses,
    answers:
      host !== undefined && host.restartingUntil === null && !host.closesRpc && addresses.includes(host.ip),
    build: host?.domain ? (host.osBuild.split('.')[0] ?? null) : null,
  };
}

function accountOf({ name: machine }: Host, account: string, known: Account | undefined) {
  if (!known) return { account, kind: 'missing' as const, isEnabled: false, usableHere: null };
  const usableHere =
    known.kind === 'gmsa' ? !(known.notOn ?? []).some((host) => sameName(host, machine)) : null;
  return { account, kind: known.kind, isEnabled: !known.disabled, usableHere };
}

function nameOf({ directory }: Estate, name: string, holder: string) {
  const known = directory.computers[name.toLowerCase()];
  const computer = known
    ? {
        isEnabled: known.enabled,
        holderMayTake: known.fullControl.some((account) => sameName(account, holder)),
      }
    : null;
  return { name, computer, addresses: [...(directory.dns[name.toLowerCase()]?.addresses ?? [])] };
}

/** Machines that are up, what the cluster has online, and whoever else is in the network. */
function answers(estate: Estate, address: string): boolean {
  if (estate.strangers?.includes(address)) return true;
  if (clusterHolds(estate).addresses.includes(address)) return true;
  return Object.values(estate.hosts).some((host) => host.ip === address && host.restartingUntil === null);
}

function portOf(host: Host, { port, service }: { readonly port: number; readonly service: string }) {
  const holder = holderOf(host, port);
  return { port, holder, isOurs: holder !== null && sameName(holder, service) };
}

function holderOf(host: Host, port: number): string | null {
  const foreign = host.listens?.[port];
  if (foreign !== undefined) return foreign;
  for (const { name, running, port: own, endpoint } of Object.values(host.instances)) {
    const isHeld = own === port || (endpoint?.state === 'STARTED' && endpoint.port === port);
    if (running && isHeld) return name === 'MSSQLSERVER' ? name : `MSSQL$${name}`;
  }
  if (!host.sslBindings[`0.0.0.0:${port}`]) return null;
  const [master] =
    Object.entries(host.services).find(
      ([name, { state }]) => name.startsWith('SSISScaleOutMaster') && state === 'Running',
    ) ?? [];
  return master ?? null;
}
