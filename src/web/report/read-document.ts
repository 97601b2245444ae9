import { z } from 'zod';
import type { ReportDocument } from './report-document.ts';

/* Whoever made a file may have put anything into it: the shape is held before anything is made of it. */

const event = z.looseObject({
  n: z.number(),
  at: z.iso.datetime(),
  run: z.looseObject({}).optional(),
  gone: z.array(z.string()).optional(),
  steps: z.array(z.looseObject({ key: z.string() })).optional(),
  asked: z.array(z.looseObject({ id: z.string() })).optional(),
  closed: z.array(z.string()).optional(),
  decisions: z.array(z.looseObject({ id: z.string() })).optional(),
  restarts: z.array(z.looseObject({ host: z.string() })).optional(),
});

const reportDocument = z.looseObject({
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  maker: z.looseObject({ version: z.string(), digest: z.string() }),
  head: z.string(),
  events: z.array(event).min(1),
  plan: z.looseObject({ steps: z.array(z.looseObject({ key: z.string() })) }).nullable(),
  standing: z
    .union([
      z.literal(['goes on', 'not known']),
      z.looseObject({ state: z.literal(['stopped', 'failed']), at: z.iso.datetime() }),
    ])
    .optional(),
  lengths: z.record(z.string(), z.looseObject({ averageMs: z.number(), count: z.number() })),
});

/** The document in this text, as it was written; null where there is none. */
export function readDocument(text: string | null): ReportDocument | null {
  if (text === null) return null;
  try {
    const document: unknown = JSON.parse(text);
    // The text is kept as it is: a chain is made over the order of its fields.
    return reportDocument.safeParse(document).success ? (document as ReportDocument) : null;
  } catch {
    return null;
  }
}
