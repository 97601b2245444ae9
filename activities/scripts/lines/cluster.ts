import { z } from 'zod';
import { change, changeOnce, look, nothing, secret } from '../script.ts';

const cluster = z.strictObject({
  name: z.string(),
  nodes: z.array(z.strictObject({ name: z.string(), state: z.string() })),
  groups: z.array(
    z.strictObject({ name: z.string(), state: z.string(), owner: z.string(), type: z.string() }),
  ),
});

const witnessKind = z.enum(['none', 'fileShare', 'cloud', 'disk']);

export const powershell = {
  getCluster: look('get-cluster.ps1', nothing, z.strictObject({ cluster: cluster.nullable() })),
  newCluster: changeOnce(
    'new-cluster.ps1',
    z.strictObject({
      name: z.string(),
      nodes: z.array(z.string()),
      /** One in each network of the nodes; none for a distributed name. */
      addresses: z.array(z.string()),
      managementPoint: z.enum(['singleton', 'distributed']),
    }),
  ),
  removeCluster: change('remove-cluster.ps1', z.strictObject({ name: z.string() })),
  getValidation: look(
    'get-validation.ps1',
    z.strictObject({ nodes: z.array(z.string()) }),
    z.strictObject({
      validation: z.strictObject({ report: z.string(), warnings: z.array(z.string()) }).nullable(),
    }),
  ),
  validateNodes: change(
    'validate-nodes.ps1',
    z.strictObject({ nodes: z.array(z.string()), ignore: z.array(z.string()) }),
  ),
  removeValidation: change('remove-validation.ps1', z.strictObject({ nodes: z.array(z.string()) })),
  createComputer: change(
    'create-computer.ps1',
    z.strictObject({ name: z.string(), ou: z.string(), holder: z.string() }),
  ),
  removeComputer: change('remove-computer.ps1', z.strictObject({ name: z.string(), ou: z.string() })),
  getQuorum: look(
    'get-quorum.ps1',
    nothing,
    z.strictObject({
      quorum: z
        .strictObject({
          cluster: z.string(),
          nodes: z.array(z.strictObject({ name: z.string(), state: z.string(), votes: z.number() })),
          witness: z.strictObject({
            kind: witnessKind,
            at: z.string().nullable(),
            isOnline: z.boolean(),
          }),
        })
        .nullable(),
    }),
  ),
  setWitness: change(
    'set-witness.ps1',
    z.strictObject({
      kind: witnessKind,
      at: z.string().nullable(),
      endpoint: z.string().nullable(),
      key: secret.nullable(),
    }),
  ),
} as const;
