import { z } from 'zod';

/** A job of one step and one schedule. */
interface SimpleJob {
  readonly description: string;
  readonly step: string;
  readonly database: 'master' | 'msdb';
  readonly command: string;
  readonly retries: number;
  readonly retryMinutes: number;
  readonly everyMinutes: number;
}

/**
 * A job's definition in the form in which `get-job.sql` tells it and `put-job.sql` takes it.
 *
 * Source: *sp_add_jobstep*, on_success_action 1 and on_fail_action 2 (quit with success, with failure);
 * *sp_add_schedule*, freq_type 4 daily, freq_subday_type 1 once, 4 minutes, 8 hours.
 */
export function definitionOf(job: SimpleJob): string {
  const { step, database, command, retries, retryMinutes, everyMinutes } = job;
  const ending = { onSuccess: 1, onSuccessStep: 0, onFail: 2, onFailStep: 0 };
  const schedule = {
    name: `every ${everyMinutes} minutes`,
    enabled: 1,
    freqType: 4,
    ...rhythmOf(everyMinutes),
  };
  const always = { freqRelativeInterval: 0, freqRecurrenceFactor: 0, startTime: 0, endTime: 235959 };
  return JSON.stringify({
    description: job.description,
    startStep: 1,
    steps: [{ id: 1, name: step, subsystem: 'TSQL', command, database, ...ending, retries, retryMinutes }],
    schedules: [{ ...schedule, ...always }],
  });
}

/** Whether two definitions do the same at the same times; how the engine writes the rest is its affair. */
export function doTheSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map(workOf);
  return first !== null && first === second;
}

function rhythmOf(minutes: number) {
  if (minutes >= MINUTES_OF_A_DAY) {
    return { freqInterval: Math.floor(minutes / MINUTES_OF_A_DAY), freqSubdayType: 1, freqSubdayInterval: 0 };
  }
  if (minutes >= 60)
    return { freqInterval: 1, freqSubdayType: 8, freqSubdayInterval: Math.floor(minutes / 60) };
  return { freqInterval: 1, freqSubdayType: 4, freqSubdayInterval: minutes };
}

const MINUTES_OF_A_DAY = 24 * 60;

const work = z.object({
  steps: z.array(z.object({ subsystem: z.string(), command: z.string(), database: z.string().nullable() })),
  schedules: z.array(
    z.object({
      freqType: z.number(),
      freqInterval: z.number(),
      freqSubdayType: z.number(),
      freqSubdayInterval: z.number(),
    }),
  ),
});

/** Null where it is not told in that form. */
function workOf(definition: string): string | null {
  try {
    return JSON.stringify(work.parse(JSON.parse(definition)));
  } catch {
    return null;
  }
}
