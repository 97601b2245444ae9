import { z } from 'zod';
import { buildWarnings, isNewer, takesUpdates, updateWarnings } from '../../ahead/builds.ts';
import { ending, endingOf, endingWarning, thresholdsOf } from '../../ahead/certificates.ts';
import { defineForesight, warning } from '../../ahead/define-foresight.ts';
import type { Ports } from '../../ports.ts';
import { masterCertificates, takesMasterCertificate } from '../../setup/master-certificate.ts';
import { fullName, versionSuffix } from '../../site.ts';
import { everyNode } from '../hosts.ts';

/** In full recovery a log that nobody backs up grows by this much in days, not in minutes. */
const LOG_DRIVE_GB = 10;

/**
 * What will stop a node that works today: certificates that end, a log drive that fills, builds that part, and an
 * update that comes while SSISDB is in its group.
 *
 * Source: domain facts, *Step 11*, C10 and section 7, 10; *Configure SQL Server Database Engine for encrypting
 * connections*.
 */
export const lookAheadOnNode = defineForesight({
  id: 'look-ahead-on-node',
  title: 'Look what lies ahead of the node',
  why: 'What ends on a known day is mended before that day.',
  on: everyNode,
  after: [],
  takes(site, host) {
    const { fullName: name, shortName } = takesMasterCertificate(site);
    return {
      host,
      suffix: versionSuffix(site),
      instance: site.instance.name,
      ownName: fullName(host, site),
      domain: site.directory.domain,
      masterNames: [name, shortName],
      thresholds: thresholdsOf(site),
      logDrive: /^[A-Za-z]:/.exec(site.instance.directories.log)?.[0].slice(0, 1).toUpperCase() ?? null,
      ...takesUpdates(site),
    };
  },

  observed: z.strictObject({
    master: ending.nullable(),
    engine: ending.nullable(),
    logDriveGb: z.number().nullable(),
    builds: z.strictObject({ engine: z.string().nullable(), master: z.string().nullable() }),
    updates: z.array(z.string()),
  }),
  async probe(ports, input) {
    const { powershell } = ports;
    const { instance, suffix, domain, logDrive } = input;
    const { drives } = await powershell.run('getHost', { domain, peers: [] });
    const { engine, master } = await powershell.run('getInstallation', { instance, suffix });
    const drive = drives.find(({ name }) => name.toUpperCase() === logDrive);
    return {
      master: await masterEnding(ports, input),
      engine: await engineEnding(ports, input),
      logDriveGb: drive?.freeGb ?? null,
      builds: { engine: engine?.version ?? null, master: master.version },
      updates: await updatesFor(ports, input),
    };
  },
  warnings({ master, engine, logDriveGb, builds, updates }, input) {
    const { host: where, thresholds, masterNames, logDrive } = input;
    return [
      // One that has ended stands in the grid: it cannot serve the Master.
      ...endingWarning(master !== null && master.daysLeft >= 0 ? master : null, {
        where,
        thresholds,
        what: `The certificate of ${masterNames[0] ?? ''} on ${where}`,
        advice:
          'Have a new one made, put it on every node and worker, and let MasterSettings.config and every WorkerSettings.config name it.',
      }),
      ...endingWarning(engine, {
        where,
        thresholds,
        what: `The certificate of the engine on ${where}`,
        advice: `Have a new one issued for ${where} and start a run, which binds it.`,
      }),
      ...(logDriveGb !== null && logDriveGb < LOG_DRIVE_GB
        ? [
            warning(
              where,
              `The log drive ${logDrive}: of ${where} has ${logDriveGb} GB free, less than ${LOG_DRIVE_GB}`,
              'See that the log of SSISDB is backed up, and give the drive more room.',
            ),
          ]
        : []),
      ...buildWarnings(
        { 'The engine': builds.engine, 'The Scale Out Master': builds.master },
        { host: where, build: input.build },
      ),
      ...updateWarnings(updates, { host: where, group: input.group }),
    ];
  },
});

interface Named {
  readonly instance: string;
  readonly ownName: string;
  readonly masterNames: readonly string[];
  readonly media: string;
  readonly updates: string;
  readonly build: string;
}

/** Of those that can serve the Master, or could until they ended, the one that lasts longest. */
async function masterEnding(ports: Ports, { masterNames }: Named) {
  const held = await masterCertificates(ports, masterNames);
  const last = Math.max(...held.map(({ notAfterMs }) => notAfterMs));
  return held.length === 0 ? null : endingOf(last, ports.clock.now());
}

/** Null where the engine is told to use none: it makes one for itself at each start. */
async function engineEnding({ powershell, clock }: Ports, { instance, ownName }: Named) {
  const { engine } = await powershell.run('getEngine', { instance, certificate: null });
  const { certificates } = await powershell.run('getCertificates', { store: 'My', dnsName: ownName });
  const bound = certificates.find(({ thumbprint }) => thumbprint === engine?.configured.certificate);
  return bound ? endingOf(bound.notAfterMs, clock.now()) : null;
}

/** What Windows Update has found, and what lies in the folder of updates and is newer than the site's build. */
async function updatesFor({ powershell }: Ports, { media, updates: folder, build }: Named) {
  const { updates } = await powershell.run('getPendingUpdates', {});
  const { updates: files } = await powershell.run('getMedia', { media, updates: folder });
  const newer = files.filter((found) => isNewer(found.build, build));
  return [...updates, ...newer.map(({ file, build: found }) => `${folder}\\${file} (build ${found})`)];
}
