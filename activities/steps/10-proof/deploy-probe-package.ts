import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { homeTarget, replicasOf } from '../../primary.ts';
import { PROBE } from '../../proof/evidence.ts';
import { probePackage } from '../../scripts/probe-package.ts';
import { defineChange } from '../../step.ts';
import { thePrimary } from '../hosts.ts';

/**
 * A package that does nothing, in a folder of its own: no connection and no script, so that what fails is Scale
 * Out and not the package. It takes one parameter, which says what its execution proves.
 *
 * Source: *catalog.deploy_project*; *catalog.restore_project*; [MS-ISPAC]; domain facts, *Step 10*.
 */
export const deployProbePackage = defineChange({
  id: 'deploy-probe-package',
  title: 'Deploy the probe package',
  why: 'That packages run and leave messages is shown by running one.',
  on: thePrimary,
  after: ['enable-worker'],
  patience: { applyMinutes: 10, settleMinutes: 2 },
  takes: (site) => ({ replicas: { ...replicasOf(site) } }),

  observed: z.strictObject({
    catalogIsThere: z.boolean(),
    folderIsThere: z.boolean(),
    project: z.strictObject({ lsn: z.string(), version: z.string().nullable() }).nullable(),
  }),
  probe: async (ports, { replicas }) =>
    ports.sql.run('getProbeProject', { ...PROBE }, await homeTarget(ports, replicas)),
  shortfall({ catalogIsThere, project }) {
    if (!catalogIsThere) return ['There is no SSISDB to deploy to'];
    if (project === null) return [`The project ${PROBE.folder}/${PROBE.project} is not deployed`];
    if (project.version === probePackage.version) return [];
    return [
      `${PROBE.folder}/${PROBE.project} holds version ${project.version ?? 'none'} of the probe package, not ${probePackage.version}`,
    ];
  },
  /** A project of that name that is there is an older probe package, or somebody's: a person tells. */
  gate: ({ project }) =>
    project === null
      ? null
      : `Deploy the probe package as a new version of ${PROBE.folder}/${PROBE.project}? This run has not made that project.`,

  async apply(ports, { replicas }, { before }) {
    if (!before.catalogIsThere) {
      throw new OperatorError('There is no SSISDB to deploy to', 'Perform chapter 2 first, then retry.');
    }
    if (before.project?.version === probePackage.version) return;
    const target = await homeTarget(ports, replicas);
    await ports.sql.run('deployProbeProject', { ...PROBE, stream: probePackage.hex }, target);
  },
  undo: {
    async auto(ports, { replicas }, { before }) {
      const target = await homeTarget(ports, replicas);
      const now = await ports.sql.run('getProbeProject', { ...PROBE }, target);
      const lsn = before.project?.lsn ?? null;
      const isAsBefore = (now.project?.lsn ?? null) === lsn && now.folderIsThere === before.folderIsThere;
      if (!isAsBefore) {
        await ports.sql.run(
          'withdrawProbeProject',
          { ...PROBE, lsn, removeFolder: !before.folderIsThere },
          target,
        );
      }
    },
    residue: ['the operations and executions of the probe package in the history of SSISDB'],
  },
});
