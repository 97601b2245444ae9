import { onTestFinished, expect, test } from 'vitest';
import { openClient } from '../../src/client.ts';
import { ServerLink } from '../../src/client/server-link.ts';
import { openRunRecords } from '../../src/run-record.ts';
import { reportFromRecord, reportOf } from '../../src/web/report/make-report.ts';
import { readDocument } from '../../src/web/report/read-document.ts';
import { embeddedIn, type ReportDocument } from '../../src/web/report/report-document.ts';
import { Journal } from '../../workflows/journal/journal.ts';
import { snapshotWith } from '../cli/snapshots.ts';
import { startForTest } from '../temporal/server-for-test.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';
import { documentOf, here, sampleEvents } from './report-samples.ts';

/* What a report says of a run whose journal has no end. */

/** What stands at the head of the page of such a document, in one line. */
function madeIn(document: ReportDocument): string {
  const [, made = ''] = /<p class="made">(.*?)<\/p>/s.exec(here.fileOf(document)) ?? [];
  return made.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');
}

const wish = { by: 'CONTOSO\\auditor', nowMs: Date.parse('2030-01-03T00:00:00.000Z') };

test('a run that the server terminated is not told to go on', async () => {
  const directory = await temporaryDirectory();
  const { address } = await startForTest({ directory });
  const client = await openClient({ directory, address });
  onTestFinished(() => client.close());
  const ref = await client.start({ site: 'sample', request: {}, mode: 'perform', by: 'ann' });

  const records = openRunRecords(directory);
  const journal = new Journal();
  const entry = journal.append(null, snapshotWith(ref));
  if (entry) records.append(ref.runId, entry);
  records.keep({ ...snapshotWith(ref), journal: journal.mark });
  await records.flush();
  expect(await reportOf(client, ref, wish)).toMatchObject({ standing: 'goes on' });

  const link = await ServerLink.open({ directory, address });
  onTestFinished(() => link.close());
  await link.client.workflow.getHandle(ref.workflowId, ref.runId).terminate('by hand');
  const document = await reportOf(client, ref, wish);
  expect(document).toMatchObject({ standing: { state: 'stopped', at: expect.any(String) as string } });
  const made = madeIn(document);
  expect(made).toContain('The journal has no end: the run was ended by the means of its server (stopped)');
  expect(made).not.toContain('goes on');
  expect(await reportFromRecord(directory, ref.runId, wish)).toMatchObject({ standing: 'not known' });
});

test('without a server it is not known whether such a run went on', () => {
  const open = documentOf(sampleEvents.slice(0, 2), { standing: 'not known' });
  expect(madeIn(open)).toContain(
    'The journal has no end: the run went on then, or was ended by the means of its server. This is how it stood last.',
  );
  expect(madeIn({ ...open, standing: 'goes on' })).toContain('The run goes on: this is how it stood then.');
  expect(madeIn(documentOf())).not.toMatch(/goes on|no end/);
});

test('a file gives back how the run stood, and none that no report says', () => {
  const ended = { state: 'stopped', at: '2030-01-01T11:00:00.000Z' } as const;
  const file = here.fileOf(documentOf(sampleEvents.slice(0, 2), { standing: ended }));
  expect(readDocument(embeddedIn(file))).toMatchObject({ standing: ended });
  expect(readDocument((embeddedIn(file) ?? '').replace('"stopped"', '"done"'))).toBeNull();
});
