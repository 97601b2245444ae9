import type { RunSnapshot } from '../../workflows/contract.ts';
import { Journal } from '../../workflows/journal/journal.ts';
import type { RunEvent } from '../../workflows/journal/event.ts';
import { chainHead } from '../../workflows/journal/chain.ts';
import { embedded, type ReportDocument } from '../../src/web/report/report-document.ts';
import { buildReport, sealOf } from '../../src/web/report/report-file.tsx';
import type { MakerHere } from '../../src/web/report/verify-report.ts';
import { questionWith, snapshotWith, stepWith } from '../cli/snapshots.ts';

const { waiting: _waiting, ...step } = stepWith({ startedAt: '2030-01-01T10:00:01.000Z' });

/** What breaks out of pages, scripts and lines, if it can. */
export const HOSTILE = '</script><!--<script>alert(1)</script> \u2028\u2029 Übergröße 😀 " \' & ]]>';

const MOMENTS: readonly Partial<RunSnapshot>[] = [
  { steps: [], planHash: null, state: 'planning' },
  {
    steps: [{ ...step, state: 'asking', shortfall: [HOSTILE] }],
    questions: [questionWith({ seen: [HOSTILE] })],
  },
  {
    steps: [{ ...step, state: 'changed', endedAt: '2030-01-01T10:00:09.000Z' }],
    state: 'done',
    endedAt: '2030-01-01T10:00:10.000Z',
    decisions: [
      {
        id: 'd1',
        questionId: 'create-cluster@NODE-A/1',
        stepKey: 'create-cluster@NODE-A',
        verdict: 'approve',
        by: 'CONTOSO\\dba-1',
        reason: HOSTILE,
        at: '2030-01-01T10:00:06.000Z',
        refused: null,
      },
    ],
  },
];

/** The events of a run of one step. */
export const sampleEvents: readonly RunEvent[] = eventsOf(MOMENTS);

/** The events of a run that was so, then so, and so on. */
export function eventsOf(moments: readonly Partial<RunSnapshot>[]): readonly RunEvent[] {
  const journal = new Journal();
  let before: RunSnapshot | null = null;
  for (const parts of moments) {
    const now = snapshotWith(parts);
    journal.append(before, now);
    before = now;
  }
  return journal.page(1).events;
}

export function documentOf(
  events: readonly RunEvent[] = sampleEvents,
  parts: Partial<ReportDocument> = {},
): ReportDocument {
  return {
    version: 1,
    madeAt: '2030-01-02T00:00:00.000Z',
    madeBy: 'CONTOSO\\auditor',
    maker: here.maker,
    head: chainHead(events),
    // As read from a file: nobody else holds the same objects.
    events: structuredClone(events),
    plan: null,
    lengths: {},
    ...parts,
  };
}

/** One that makes files without a built page. */
export const here: MakerHere = {
  maker: { version: '0.0.0', digest: 'f'.repeat(64) },
  fileOf: (document) => buildReport(document, { style: 'p{color:red}', script: 'void 0' }),
};

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The sample's file with another document in it, by somebody who knows how its last line is made. */
export function fileWith(document: ReportDocument): Uint8Array {
  const text = here.fileOf(documentOf());
  return sealedAnew(bytesOf(text.replace(embedded(documentOf()), () => embedded(document))));
}

/** The file as somebody hands it on who knows how its last line is made. */
export function sealedAnew(bytes: Uint8Array): Uint8Array {
  const body = bytes.subarray(0, bytes.length - sealOf(bytes).length);
  return new Uint8Array([...body, ...bytesOf(sealOf(body))]);
}
