import { z } from 'zod';
import { change, look, nothing } from '../script.ts';

const group = z.string();
const server = z.string();

/** How one replica takes part in its group. */
const replica = z.strictObject({
  server,
  endpointUrl: z.string(),
  availabilityMode: z.string(),
  failoverMode: z.string(),
});

export const sql = {
  getPrimaryState: look(
    'get-primary-state.sql',
    nothing,
    z.strictObject({
      /** Of SSISDB on this instance; null where it is not. */
      state: z.string().nullable(),
      /** Null where SSISDB is in no group here. */
      isPrimary: z.boolean().nullable(),
    }),
  ),
  getGroup: look(
    'get-group.sql',
    z.strictObject({ group }),
    z.strictObject({
      /** Null where SSISDB is in none on this instance. */
      groupOfSsisdb: group.nullable(),
      group: z
        .strictObject({
          name: group,
          primary: server.nullable(),
          /** Of this instance's replica; null where it is none. */
          owner: z.string().nullable(),
          ownedBySa: z.boolean(),
          databases: z.array(z.string()),
          replicas: z.array(replica.extend({ joined: z.boolean() })),
        })
        .nullable(),
    }),
  ),
  createGroup: change('create-group.sql', z.strictObject({ group, replicas: z.array(replica) })),
  joinGroup: change('join-group.sql', z.strictObject({ group })),
  setGroupOwner: change('set-group-owner.sql', z.strictObject({ group, owner: z.string().nullable() })),
  addGroupReplica: change('add-group-replica.sql', replica.extend({ group })),
  setGroupReplica: change('set-group-replica.sql', replica.omit({ endpointUrl: true }).extend({ group })),
  removeGroupReplica: change('remove-group-replica.sql', z.strictObject({ group, server })),
  addSsisdbToGroup: change('add-ssisdb-to-group.sql', z.strictObject({ group })),
  removeSsisdbFromGroup: change('remove-ssisdb-from-group.sql', z.strictObject({ group })),
  dropGroup: change('drop-group.sql', z.strictObject({ group })),
} as const;
