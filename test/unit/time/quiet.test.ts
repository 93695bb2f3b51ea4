import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { QuietHours } from '../../../src/core/subscription.js';
import { type Instant, instant, type Zone } from '../../../src/core/webcast.js';
import { endOfQuiet, readQuiet, sayQuiet, writeQuiet } from '../../../src/time/quiet.js';

const minute = 60_000;
const berlin = 'Europe/Berlin' as Zone;
const at = (iso: string) => instant(Date.parse(iso));
const hours = (from: string, to: string, zone: Zone = berlin): QuietHours => {
  const [begin = 0, end = 0] = [from, to].map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)));
  return { from: begin, to: end, zone };
};
const ends = (quiet: QuietHours, iso: string) => {
  const end = endOfQuiet(quiet, at(iso));
  return end === undefined ? undefined : new Date(end).toISOString().slice(0, 16);
};

describe('quiet hours', () => {
  it.each([
    ['before them', '2026-11-22T20:59:59Z', undefined],
    ['as they begin', '2026-11-22T21:00:00Z', '2026-11-23T06:00'],
    ['after midnight', '2026-11-23T02:30:00Z', '2026-11-23T06:00'],
    ['as they end', '2026-11-23T06:00:00Z', undefined],
    ['at noon', '2026-11-23T11:00:00Z', undefined],
  ])('over midnight hold, or not, %s', (_when, now, end) => {
    expect(ends(hours('22:00', '07:00'), now)).toBe(end);
  });

  it('within a day hold on that day', () => {
    expect(ends(hours('12:00', '13:30'), '2026-11-23T11:59:00Z')).toBe('2026-11-23T12:30');
    expect(ends(hours('12:00', '13:30'), '2026-11-23T23:59:00Z')).toBeUndefined();
  });

  it.each([
    [
      'end with the leap when the clocks leap over their end',
      hours('22:00', '02:30'),
      '2026-03-29T00:59Z',
      '2026-03-29T01:00',
    ],
    [
      'begin with the leap when the clocks leap over their begin',
      hours('02:30', '07:00'),
      '2026-03-29T01:00Z',
      '2026-03-29T05:00',
    ],
    ['last an hour less when the clocks go forward', hours('22:00', '07:00'), '2026-03-28T21:00Z', '2026-03-29T05:00'],
    ['last an hour more when the clocks go back', hours('22:00', '07:00'), '2026-10-24T20:00Z', '2026-10-25T06:00'],
    ['end when their end comes first', hours('22:00', '02:30'), '2026-10-25T00:29Z', '2026-10-25T00:30'],
    ['do not begin again in the hour that comes twice', hours('22:00', '02:30'), '2026-10-25T01:15Z', undefined],
    [
      'end with the half hour that Lord Howe leaps',
      hours('22:00', '02:15', 'Australia/Lord_Howe' as Zone),
      '2026-10-03T15:29Z',
      '2026-10-03T15:30',
    ],
  ])('%s', (_what, quiet, now, end) => {
    expect(ends(quiet, now)).toBe(end);
  });
});

/** What the clocks of a zone show, in minutes since 1970; by the platform's own calendar, minute by minute. */
function createClocks(zone: string) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...({ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const),
  });
  return (moment: number): number => {
    const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) / minute;
  };
}

describe.each([
  ['Europe/Berlin', '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Asia/Kolkata', '2026-10-03T15:30Z'],
])('around the clocks of %s at %s', (zone, edge) => {
  const first = Date.parse(edge) - 4 * 1440 * minute;
  const clocks = createClocks(zone);
  const shown = Array.from({ length: 8 * 1440 }, (_, index) => clocks(first + index * minute));
  /** The first moment at which the clocks show this minute or a later one. */
  const whenShown = (target: number) => first + shown.findIndex((wall) => wall >= target) * minute;

  it('quiet hours hold from the first sight of their begin to the first sight of their end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1, max: 1439 }),
        fc.integer({ min: -1440, max: 1440 }),
        (from, length, offset) => {
          const to = (from + length) % 1440;
          const now = Date.parse(edge) + offset * minute;
          const today = Math.floor(clocks(now) / 1440);
          const nights = [today - 1, today].map((day) => {
            const last = to > from ? day : day + 1;
            return { begin: whenShown(day * 1440 + from), end: whenShown(last * 1440 + to) };
          });
          const night = nights.find(({ begin, end }) => now >= begin && now < end);
          expect(endOfQuiet({ from, to, zone: zone as Zone }, now as Instant)).toBe(night?.end);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('quiet hours in words', () => {
  it.each([
    ['22:00-07:00', hours('22:00', '07:00')],
    ['22-7', hours('22:00', '07:00')],
    ['22:30 – 6.45', hours('22:30', '06:45')],
    ['20:00-24:00', hours('20:00', '00:00')],
    ['22:00-07:00/America/New_York', hours('22:00', '07:00', 'America/New_York' as Zone)],
    ['22:00-07:00 australia/lord_howe', hours('22:00', '07:00', 'Australia/Lord_Howe' as Zone)],
    ['off', undefined],
  ])('%s are understood', (words, quietHours) => {
    expect(readQuiet(words, berlin)).toEqual({ kind: 'read', quietHours });
  });

  it.each([
    ['at night', 'are written like 22:00-07:00'],
    ['25:00-07:00', 'are written like'],
    ['22:60-07:00', 'are written like'],
    ['22:00', 'are written like'],
    ['07:00-07:00', 'end at another time than they begin'],
    ['22:00-07:00/Berlin', '"Berlin" is no time zone'],
    ['22:00-07:00/local', '"local" is no time zone'],
  ])('%s are refused', (words, problem) => {
    expect(readQuiet(words, berlin)).toEqual({ kind: 'unclear', problem: expect.stringContaining(problem) });
  });

  it('without a zone need the one of the person', () => {
    expect(readQuiet('22:00-07:00', undefined)).toEqual({ kind: 'zone needed' });
    expect(readQuiet('22:00-07:00/UTC', undefined)).toMatchObject({ kind: 'read' });
  });

  it('are said as people read them, and written as they are typed', () => {
    const quiet = hours('22:00', '07:05');
    expect(sayQuiet(quiet)).toBe('22:00 to 07:05 (Europe/Berlin)');
    expect(readQuiet(writeQuiet(quiet), undefined)).toEqual({ kind: 'read', quietHours: quiet });
  });
});
