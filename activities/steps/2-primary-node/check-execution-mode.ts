import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { replicasOf } from '../../primary.ts';
import { catalogHome } from '../../setup/catalog-home.ts';
import { defineCheck } from '../../step.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * Looked at and never changed by a run: turned to Scale Out, every Agent job that says nothing of its own would
 * run as the worker's account from then on.
 *
 * Source: *catalog.configure_catalog*, DEFAULT_EXECUTION_MODE (0 server, 1 Scale Out); *Run packages*.
 */
export const checkExecutionMode = defineCheck({
  id: 'check-execution-mode',
  title: 'Check where packages run by default',
  why: 'Jobs that do not say where they run go by it.',
  on: theFirstNode,
  skippable: true,
  takes: (site) => ({
    home: { ...replicasOf(site) },
    wanted: site.catalog.defaultExecutionMode === 'scaleOut' ? '1' : '0',
  }),

  observed: z.strictObject({ mode: z.string() }),
  async probe(ports, { home }) {
    const { catalog } = await ports.sql.run('getCatalog', {}, await catalogHome(ports, home));
    if (catalog === null) throw new OperatorError('SSISDB cannot be read', 'Bring it online, then retry.');
    const property = catalog.properties.find(({ name }) => name === 'DEFAULT_EXECUTION_MODE');
    // A catalog that has never been told has no such row, and runs packages on the server.
    return { mode: property?.value ?? '0' };
  },
  shortfall: ({ mode }, { wanted }) =>
    mode === wanted ? [] : [`DEFAULT_EXECUTION_MODE is ${mode}, the site file says ${wanted}`],
  advice: (_observed, { wanted }) =>
    `Decide it with the owners of the jobs; then run EXEC SSISDB.catalog.configure_catalog N'DEFAULT_EXECUTION_MODE', N'${wanted}', or correct catalog.defaultExecutionMode, and retry.`,
});
