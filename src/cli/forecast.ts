import type { RunClient, RunRef } from '../client.ts';
import type { UndoForecast } from '../../workflows/contract.ts';
import { presentForecast, type Style } from '../present.ts';

/** What an undo begun now would do, with what the run so far says of its length, for a person. */
export async function forecastLines(
  client: RunClient,
  ref: RunRef,
  forecast: UndoForecast,
  style: Style,
): Promise<readonly string[]> {
  const [{ run }, events, lengths] = await Promise.all([
    client.look(ref),
    client.journal(ref).then(
      (journal) => journal.events,
      () => [],
    ),
    client.lengths().catch(() => ({})),
  ]);
  return presentForecast(forecast, { run, events, lengths, nowMs: Date.now() }, style);
}
