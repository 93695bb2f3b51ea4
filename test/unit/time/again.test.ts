import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { instant, type Zone } from '../../../src/core/webcast.js';
import { nextMonth } from '../../../src/time/again.js';

const berlin = 'Europe/Berlin' as Zone;
const at = (iso: string, zone = berlin) => instant(DateTime.fromISO(iso, { zone }).toMillis());
const said = (iso: string, now: string, zone = berlin) => {
  const again = nextMonth(at(iso, zone), zone, at(now, zone));
  return [DateTime.fromMillis(again.at, { zone }).toFormat('yyyy-MM-dd HH:mm'), again.words];
};

describe('the same again next month', () => {
  it.each([
    ['2026-11-10T15:00', '2026-11-10T17:00', '2026-12-08 15:00', 'the second Tuesday of December'],
    ['2026-11-03T15:00', '2026-11-04T00:00', '2026-12-01 15:00', 'the first Tuesday of December'],
    ['2026-12-01T15:00', '2026-12-02T00:00', '2027-01-05 15:00', 'the first Tuesday of January'],
    // A fifth one is meant as the last, whether or not the next month has five.
    ['2026-12-29T15:00', '2026-12-30T00:00', '2027-01-26 15:00', 'the last Tuesday of January'],
    ['2026-09-29T15:00', '2026-09-30T00:00', '2026-10-27 15:00', 'the last Tuesday of October'],
    // Over the change of clocks the time of day stays.
    ['2026-10-13T15:00', '2026-10-14T00:00', '2026-11-10 15:00', 'the second Tuesday of November'],
    ['2027-03-09T09:00', '2027-03-10T00:00', '2027-04-13 09:00', 'the second Tuesday of April'],
    // A show of long ago is planned for the time to come.
    ['2025-01-14T15:00', '2026-11-10T16:00', '2026-12-08 15:00', 'the second Tuesday of December'],
    ['2025-01-14T15:00', '2026-11-10T14:00', '2026-11-10 15:00', 'the second Tuesday of November'],
  ])('of %s, asked on %s, is %s: %s', (from, now, expected, words) => {
    expect(said(from, now)).toEqual([expected, words]);
  });

  it('is an hour later where the clocks go forward over its time of day, and says so', () => {
    const again = nextMonth(at('2027-02-28T02:30'), berlin, at('2027-03-01T00:00'));
    expect(DateTime.fromMillis(again.at, { zone: berlin }).toFormat('yyyy-MM-dd HH:mm')).toBe('2027-03-28 03:30');
    expect(again.shifted).toBe(true);
  });

  it('is the first of two where the clocks go back over its time of day', () => {
    const again = nextMonth(at('2026-09-27T02:30'), berlin, at('2026-10-01T00:00'));
    expect(new Date(again.at).toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(again.shifted).toBe(false);
  });

  it('always lies after now, on the same weekday, at the same time of day or one hour later', () => {
    const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC');
    fc.assert(
      fc.property(moments, moments, zones, (from, now, name) => {
        const zone = name as Zone;
        const again = nextMonth(instant(from.getTime()), zone, instant(now.getTime()));
        const before = DateTime.fromJSDate(from, { zone });
        const after = DateTime.fromMillis(again.at, { zone });
        expect(again.at).toBeGreaterThan(now.getTime());
        expect(again.at).toBeGreaterThan(from.getTime());
        expect(after.weekday).toBe(before.weekday);
        if (!again.shifted) expect(after.toFormat('HH:mm:ss')).toBe(before.toFormat('HH:mm:ss'));
        expect(Math.ceil(after.day / 7)).toBeLessThanOrEqual(Math.ceil(before.day / 7));
      }),
    );
  });
});
