import { z } from 'zod';
import { change, changeOnce, look, nothing } from '../script.ts';

const cluster = z.strictObject({
  name: z.string(),
  nodes: z.array(z.strictObject({ name: z.string(), state: z.string() })),
  groups: z.array(
    z.strictObject({ name: z.string(), state: z.string(), owner: z.string(), type: z.string() }),
  ),
});

export const powershell = {
  getCluster: look('get-cluster.ps1', nothing, z.strictObject({ cluster: cluster.nullable() })),
  newCluster: changeOnce(
    'new-cluster.ps1',
    z.strictObject({ name: z.string(), nodes: z.array(z.string()), address: z.string() }),
  ),
  removeCluster: change('remove-cluster.ps1', z.strictObject({ name: z.string() })),
} as const;
