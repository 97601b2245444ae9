import { DateTime, Interval } from 'luxon';
import { DAYS, type Windows, type WindowFound, type WindowRequest } from '../workflows/contract.ts';

const HORIZON_DAYS = 400;

/**
 * The first window from a moment on in which something of this length can begin and end; null where none of
 * the coming thirteen months is long enough. Clock changes are those of the site's time zone: a window of
 * local times is an hour shorter or longer in such a night.
 */
export function findWindow({ windows, minutes, from }: WindowRequest): WindowFound | null {
  const now = DateTime.fromISO(from, { zone: windows.timeZone });
  for (let day = -1; day < HORIZON_DAYS; day += 1) {
    const found = openingsOn(now.startOf('day').plus({ days: day }), windows)
      .filter(({ end }) => end !== null && end > now)
      .find((opening) => lengthFrom(opening, now) >= minutes);
    if (found) return inWordsOf(found, windows.timeZone);
  }
  return null;
}

/** Minutes of the longest window that the site has, freezes left aside. */
export function longestWindowMinutes({ open }: Windows): number {
  return Math.max(
    ...open.map(({ from, to }) => {
      const minutes = minuteOfDay(to) - minuteOfDay(from);
      return minutes > 0 ? minutes : minutes + MINUTES_A_DAY;
    }),
  );
}

const MINUTES_A_DAY = 24 * 60;

/** What opens on this day, without the days of a freeze; in the order of time. */
function openingsOn(day: DateTime, { open, freeze, timeZone }: Windows): Interval[] {
  const frozen = freeze.map(({ from, to }) => {
    const last = DateTime.fromISO(to, { zone: timeZone });
    return Interval.fromDateTimes(DateTime.fromISO(from, { zone: timeZone }), last.plus({ days: 1 }));
  });
  return open
    .filter(({ days }) => days.some((name) => DAYS.indexOf(name) + 1 === day.weekday))
    .map(({ from, to }) => Interval.fromDateTimes(at(day, from), endOf(day, from, to)))
    .flatMap((opening) => opening.difference(...frozen))
    .toSorted((one, other) => (one.start ?? day).toMillis() - (other.start ?? day).toMillis());
}

function endOf(day: DateTime, from: string, to: string): DateTime {
  const isNextDay = minuteOfDay(to) <= minuteOfDay(from);
  return at(isNextDay ? day.plus({ days: 1 }) : day, to);
}

function at(day: DateTime, time: string): DateTime {
  const minutes = minuteOfDay(time);
  return day.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
}

function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function lengthFrom({ start, end }: Interval, now: DateTime): number {
  if (start === null || end === null) return 0;
  return end.diff(DateTime.max(start, now), 'minutes').minutes;
}

function inWordsOf({ start, end }: Interval, timeZone: string): WindowFound {
  if (start === null || end === null) throw new RangeError('A window has a beginning and an end');
  const words = (moment: DateTime) => moment.setLocale('en').toFormat('ccc yyyy-MM-dd HH:mm');
  return {
    opensAt: start.toUTC().toISO() ?? '',
    closesAt: end.toUTC().toISO() ?? '',
    inWords: `${words(start)} to ${words(end)} (${timeZone})`,
  };
}
