import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findWindow, longestWindowMinutes } from '../../activities/windows.ts';
import { DAYS, type Windows } from '../../workflows/contract.ts';

const NIGHTS: Windows = {
  timeZone: 'Europe/Berlin',
  open: [
    { days: ['Sat'], from: '22:00', to: '04:00' },
    { days: ['Wed'], from: '20:00', to: '23:00' },
  ],
  freeze: [{ from: '2026-12-14', to: '2027-01-06', reason: 'year-end close' }],
};

const found = (from: string, minutes: number, windows = NIGHTS) =>
  findWindow({ windows, minutes, from })?.inWords ?? null;

describe('a window', () => {
  test('that is open and long enough still is the one', () => {
    expect(found('2026-11-25T19:30:00Z', 60)).toBe(
      'Wed 2026-11-25 20:00 to Wed 2026-11-25 23:00 (Europe/Berlin)',
    );
  });

  test('in which the work could begin but not end is passed over', () => {
    expect(found('2026-11-25T19:30:00Z', 151)).toBe(
      'Sat 2026-11-28 22:00 to Sun 2026-11-29 04:00 (Europe/Berlin)',
    );
  });

  test('that began on the day before is still open after midnight', () => {
    expect(found('2026-11-29T02:00:00Z', 60)).toContain('Sat 2026-11-28 22:00');
  });

  test('does not open on the days of a freeze, and ends where one begins', () => {
    expect(found('2026-12-12T20:00:00Z', 421)).toBeNull();
    expect(found('2026-12-13T04:00:00Z', 60)).toBe(
      'Sat 2027-01-09 22:00 to Sun 2027-01-10 04:00 (Europe/Berlin)',
    );
  });

  test('that a freeze cuts in two keeps what is left of it', () => {
    const cut: Windows = { ...NIGHTS, freeze: [{ from: '2026-11-29', to: '2026-11-29', reason: 'count' }] };
    expect(found('2026-11-28T12:00:00Z', 120, cut)).toBe(
      'Sat 2026-11-28 22:00 to Sun 2026-11-29 00:00 (Europe/Berlin)',
    );
    expect(found('2026-11-28T12:00:00Z', 121, cut)).toContain('Wed 2026-12-02');
  });

  test('is an hour shorter in the night in which the clocks go forward', () => {
    const night: Windows = {
      timeZone: 'Europe/Berlin',
      open: [{ days: ['Sat'], from: '22:00', to: '04:00' }],
      freeze: [],
    };
    expect(found('2027-03-27T12:00:00Z', 300, night)).toContain('Sat 2027-03-27');
    expect(found('2027-03-27T12:00:00Z', 301, night)).toContain('Sat 2027-04-03');
  });

  test('that is never long enough is said to be none', () => {
    expect(found('2026-11-25T19:30:00Z', 421)).toBeNull();
    expect(longestWindowMinutes(NIGHTS)).toBe(360);
  });

  test('always lies ahead, is long enough, and keeps to its days and freezes', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
    const windows = fc.record({
      timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC'),
      open: fc.array(fc.record({ days: fc.subarray([...DAYS], { minLength: 1 }), from: time, to: time }), {
        minLength: 1,
        maxLength: 3,
      }),
      freeze: fc.constantFrom<Windows['freeze']>(
        [],
        [{ from: '2026-06-10', to: '2026-07-05', reason: 'close' }],
      ),
    });
    const moment = fc.date({
      min: new Date('2026-06-01T00:00:00Z'),
      max: new Date('2026-08-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(windows, moment, fc.integer({ min: 1, max: 600 }), (site, at, minutes) => {
        const window = findWindow({ windows: site, minutes, from: at.toISOString() });
        if (window === null) return;
        const begins = Math.max(at.getTime(), Date.parse(window.opensAt));
        const ends = begins + minutes * 60_000;
        expect(ends).toBeLessThanOrEqual(Date.parse(window.closesAt));
        expect(Date.parse(window.closesAt)).toBeGreaterThan(at.getTime());
        for (const { from, to } of site.freeze) {
          expect(
            ends <= Date.parse(`${from}T00:00:00Z`) + 86_400_000 || begins >= Date.parse(`${to}T00:00:00Z`),
          ).toBe(true);
        }
      }),
    );
  });
});
