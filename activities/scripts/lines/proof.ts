import { z } from 'zod';
import { change, look, nothing } from '../script.ts';

const place = z.strictObject({ folder: z.string(), project: z.string() });

const suffix = z.string().regex(/^\d{3}$/);
const start = z.string();

export const powershell = {
  getStart: look(
    'get-start.ps1',
    /** With a node it is that machine, without it the Master on this one. */
    z.strictObject({ suffix, node: z.string().nullable() }),
    z.strictObject({ start: start.nullable() }),
  ),
  /** Ends the process that started then, and no other. */
  killMaster: change('kill-master.ps1', z.strictObject({ suffix, start })),
  /** Restarts a machine that started then, without warning. */
  breakNode: change('break-node.ps1', z.strictObject({ node: z.string(), start })),
} as const;

export const sql = {
  getProbeProject: look(
    'get-probe-project.sql',
    place,
    z.strictObject({
      catalogIsThere: z.boolean(),
      folderIsThere: z.boolean(),
      project: z
        .strictObject({
          /** Names this deployment among the project's versions. */
          lsn: z.string(),
          /** Of the package Probe.dtsx; null where the project has none. */
          version: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
  deployProbeProject: change(
    'deploy-probe-project.sql',
    place.extend({ stream: z.string().regex(/^([0-9A-F]{2})+$/) }),
  ),
  withdrawProbeProject: change(
    'withdraw-probe-project.sql',
    place.extend({
      /** Puts this version back; null deletes the project. */
      lsn: z.string().regex(/^\d+$/).nullable(),
      removeFolder: z.boolean(),
    }),
  ),
  getProofs: look(
    'get-proofs.sql',
    place.extend({
      /** Start of the evidence that is meant. */
      prefix: z.string().min(1),
      /** Waits for the end of those that run, this long at most. */
      waitSeconds: z.int(),
    }),
    z.strictObject({
      /** Oldest first; null where SSISDB is not, or not online. */
      proofs: z
        .array(
          z.strictObject({
            id: z.string(),
            evidence: z.string(),
            status: z.number(),
            messages: z.number(),
            /** Machine of the worker that took it; null while none has, or its task is purged. */
            worker: z.string().nullable(),
            /** Server name of the primary replica on which it was created. */
            server: z.string(),
            /** Enabled workers that have not reported since it was created. */
            silent: z.array(z.strictObject({ machine: z.string() })),
          }),
        )
        .nullable(),
    }),
  ),
  startProof: change(
    'start-proof.sql',
    place.extend({
      evidence: z.string().min(1).max(400),
      /** Null: any worker. */
      agentId: z.guid().nullable(),
    }),
  ),
  stopProof: change('stop-proof.sql', place.extend({ prefix: z.string().min(1) })),
  getOneTruth: look(
    'get-one-truth.sql',
    nothing,
    z.strictObject({
      listener: z.strictObject({ name: z.string(), port: z.number() }).nullable(),
      properties: z.array(z.strictObject({ name: z.string(), value: z.string().nullable() })),
      /** Server in the stored connection string for logs; null where none is stored. */
      logServer: z.string().nullable(),
    }),
  ),
} as const;
