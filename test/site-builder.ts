import { parse } from 'yaml';
import { SAMPLE_SITE } from '../src/up/sample-site.ts';

/** The sample site as data, with the parts that matter to a test put in their place. */
export function sampleSite(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...(parse(SAMPLE_SITE) as Record<string, unknown>), ...parts };
}
