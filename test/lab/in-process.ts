import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ports, SqlTarget } from '../../activities/ports.ts';
import {
  powershellScripts,
  sqlScripts,
  type PowerShellName,
  type SqlName,
} from '../../activities/scripts/index.ts';
import { Secret } from '../../activities/secret.ts';
import { siteSchema, type Site } from '../../activities/site.ts';
import { TransientError } from '../../activities/failures.ts';
import { beginningNamed } from '../../lab/beginnings/index.ts';
import { LineCut, RefusedByFault } from '../../lab/calls.ts';
import { Laboratory } from '../../lab/laboratory.ts';
import { buildEstate } from '../../lab/model/build-estate.ts';
import { machineCertificate } from '../../lab/model/machine-certificate.ts';
import { sealerFrom, type Sealer } from '../../lab/sealed.ts';
import { serverNameOf } from '../../lab/model/engine.ts';
import { Store, type Shelf } from '../../lab/store.ts';
import { failureOfPowerShell } from '../../src/adapters/powershell-errors.ts';
import { revealedJson } from '../../src/adapters/reveal.ts';
import { failureOfSql } from '../../src/adapters/sql-errors.ts';
import { Vault } from '../../src/adapters/vault.ts';
import { PowerShellRefusal } from '../../lab/scene.ts';
import { sampleSite } from '../site-builder.ts';

/** The lab's model behind the ports, without wires: the same rules and answers, no waiting. */
export interface InProcessLab {
  readonly site: Site;
  readonly laboratory: Laboratory;
  readonly sealer: Sealer;
  readonly portsOn: (host: string) => Ports;
  /** The estate as text, without what changes by itself. */
  readonly picture: () => string;
  readonly close: () => void;
}

export const secretOf = (reference: string) => `Secret0f${reference.replaceAll(/[^A-Za-z0-9]/g, '')}`;

/** What is over with the test need not outlive it. */
const nowhere = (): Shelf => ({ state: null, ledger: [], keep: () => undefined, append: () => undefined });

export function openInProcessLab(
  site: Site = siteSchema.parse(sampleSite()),
  beginning: string | null = null,
): InProcessLab {
  const folder = mkdtempSync(join(tmpdir(), 'ssis-ha-lab-'));
  const sealer = sealerFrom(join(folder, 'key'));
  const secret = (reference: string | null | undefined) => (reference ? secretOf(reference) : '');
  const building = {
    ...sealer,
    site,
    secret,
    now: Date.now(),
    addressOf: (at: number) => `127.0.0.${at + 1}`,
  };
  const estate = buildEstate(building);
  for (const node of site.nodes) {
    const thumbprint = node.name
      .padEnd(40, '0')
      .slice(0, 40)
      .toUpperCase()
      .replaceAll(/[^0-9A-F]/g, '0');
    estate.hosts[node.name]?.certificates.push(
      machineCertificate(node.name, site, { thumbprint, notAfter: new Date(Date.now() + 3e10) }),
    );
  }
  if (beginning !== null) beginningNamed(beginning).build(estate, building);
  const fresh = () => ({
    estate,
    faults: [],
    seq: 0,
    answered: {},
    lastEntry: null,
    port: 0,
    pace: 0,
    subnet: '127.0.0',
    loopback: {},
  });
  const laboratory = new Laboratory(new Store(nowhere(), fresh), sealer, site.operator.account);
  return {
    site,
    laboratory,
    sealer,
    portsOn: (host) => portsOn(laboratory, site, host),
    picture: () => JSON.stringify(laboratory.estate),
    close() {
      laboratory.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function portsOn(laboratory: Laboratory, site: Site, host: string): Ports {
  const signal = new AbortController().signal;
  const powershell = {
    async run(name: PowerShellName, parameters: unknown) {
      const script = powershellScripts[name];
      const given: unknown = JSON.parse(revealedJson(script.parameters.parse(parameters)));
      try {
        const answer = await laboratory.call({
          kind: 'powershell',
          id: randomUUID(),
          host,
          script: name,
          parameters: given,
          signal,
        });
        return script.result.parse(JSON.parse(JSON.stringify(answer)));
      } catch (error) {
        if (error instanceof PowerShellRefusal) throw failureOfPowerShell(error, name, host);
        if (error instanceof RefusedByFault)
          throw failureOfPowerShell({ message: error.message, category: 'PermissionDenied' }, name, host);
        if (error instanceof LineCut) throw new TransientError(error.message, 'lost');
        throw error;
      }
    },
  };
  const sql = {
    async run(name: SqlName, parameters: unknown, target?: SqlTarget) {
      const script = sqlScripts[name];
      const given: unknown = JSON.parse(revealedJson(script.parameters.parse(parameters)));
      const at = engineAt(
        laboratory,
        target ?? { server: `${host}.${site.directory.domain}`, port: site.instance.port },
        site,
      );
      try {
        const login = site.operator.account;
        const answer = await laboratory.call({
          kind: 'sql',
          ...at,
          login,
          script: name,
          parameters: given,
          signal,
        });
        return script.result.parse(JSON.parse(JSON.stringify(answer)));
      } catch (error) {
        if (error instanceof LineCut) throw new TransientError(error.message, 'lost');
        throw failureOfSql(error, name, target?.server ?? host);
      }
    },
  };
  return {
    powershell: powershell as Ports['powershell'],
    sql: sql as Ports['sql'],
    secrets: { resolve: (reference) => Promise.resolve(new Secret(secretOf(reference))) },
    vault: new Vault(powershell as Ports['powershell']),
    clock: { now: () => new Date() },
  };
}

/** Which engine answers at a name: its own host's, or the primary's behind the listener. */
export function engineAt(
  laboratory: Laboratory,
  target: SqlTarget,
  site: Site,
): { host: string; instance: string } {
  const [name = ''] = target.server.split('.');
  const { hosts, groups } = laboratory.estate;
  const engines = Object.values(hosts).flatMap((host) =>
    Object.values(host.instances).map((instance) => ({ host, instance })),
  );
  const group = Object.values(groups).find(
    ({ listener }) => listener?.name.toLowerCase() === name.toLowerCase(),
  );
  const found = group
    ? engines.find(({ host, instance }) => serverNameOf(host, instance) === group.primary)
    : engines.find(
        ({ host, instance }) =>
          host.name.toLowerCase() === name.toLowerCase() && instance.port === target.port,
      );
  if (!found?.instance.running)
    throw new TransientError(`Nothing listens at ${target.server},${target.port}`, 'lost');
  if (!found.instance.live.certificate && site.tls.verify) {
    throw new TransientError(`The certificate of ${target.server} cannot be verified`, 'lost');
  }
  return { host: found.host.name, instance: found.instance.name };
}
