import { createHash } from 'node:crypto';
import type { UndoForecast } from '../../workflows/contract.ts';

/** Differs where something else would be taken back, asked about or kept. */
export function forecastMark({ steps }: UndoForecast): string {
  const listed = steps.map(({ key, what }) => [key, what]);
  return createHash('sha256').update(JSON.stringify(listed)).digest('base64url');
}
