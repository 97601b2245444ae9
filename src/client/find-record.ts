import type { RunSnapshot } from '../../workflows/contract.ts';
import { OperatorError } from '../../activities/failures.ts';
import type { RunRecords } from '../run-record.ts';
import { meantAmong, oneAmong } from './meant-run.ts';
import { seriesOf, siteOf, wholeIdIn } from './run-ids.ts';

/**
 * The run that is meant, of those that a folder keeps, named as for `findRun`, without any server. Throws an
 * OperatorError where there is none, one that names the runs where several go on and none was named.
 */
export async function findRecord(records: RunRecords, named: string | null): Promise<RunSnapshot> {
  const runs = await records.list();
  const chosen = named === null ? oneAmong(newestOfEach(runs), isOpen) : namedAmong(runs, named);
  if (chosen) return chosen;
  throw new OperatorError(
    `${records.directory} keeps no record of ${named === null ? 'a run' : named}`,
    'Start the server and the control worker (ssis-ha up), or name their folder: --dir DIR',
  );
}

function namedAmong(runs: readonly RunSnapshot[], named: string): RunSnapshot | undefined {
  const whole = wholeIdIn(named);
  const known = runs.find(({ runId, workflowId }) => runId === named || workflowId === whole);
  if (known || whole !== null) return known;
  const { site, mode } = siteOf(named);
  const ofSite = newestOfEach(runs).filter(({ workflowId }) => {
    const run = siteOf(workflowId);
    return run.site === site && (mode === 'perform' || run.mode === mode);
  });
  return meantAmong(ofSite, isOpen)[0];
}

/** A run whose server is gone never ended; one that was started after it tells that it goes on no longer. */
function newestOfEach(runs: readonly RunSnapshot[]): readonly RunSnapshot[] {
  const told = new Set<string>();
  return runs.filter(({ workflowId }) => {
    const series = seriesOf(workflowId);
    const isNewest = !told.has(series);
    told.add(series);
    return isNewest;
  });
}

function isOpen({ endedAt }: RunSnapshot): boolean {
  return endedAt === null;
}
