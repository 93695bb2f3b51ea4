import { describe, expect, it } from '@jest/globals';
import { instant, type Zone } from '../../../src/core/webcast.js';
import { readDaysBack, readPeriod } from '../../../src/time/period.js';

const berlin = 'Europe/Berlin' as Zone;
const newYork = 'America/New_York' as Zone;
/** A Monday, 10:30 in Berlin and 04:30 in New York. */
const now = instant(Date.UTC(2026, 10, 23, 9, 30));

const read = (words: string, zone = berlin) => {
  const period = readPeriod(words, zone, now);
  return period.kind === 'unclear'
    ? period.problem
    : [new Date(period.from).toISOString(), new Date(period.until).toISOString()];
};

describe('a period in words', () => {
  it.each([
    ['2026-11-01..2026-11-07', '2026-10-31T23:00:00.000Z', '2026-11-07T23:00:00.000Z'],
    ['2026-11-01 to 2026-11-07', '2026-10-31T23:00:00.000Z', '2026-11-07T23:00:00.000Z'],
    ['2026-11-05', '2026-11-04T23:00:00.000Z', '2026-11-05T23:00:00.000Z'],
    ['today', '2026-11-22T23:00:00.000Z', '2026-11-23T09:30:00.000Z'],
    ['yesterday', '2026-11-21T23:00:00.000Z', '2026-11-22T23:00:00.000Z'],
    ['nov 1 .. yesterday', '2026-10-31T23:00:00.000Z', '2026-11-22T23:00:00.000Z'],
    ['1.11.2026..7.11.2026', '2026-10-31T23:00:00.000Z', '2026-11-07T23:00:00.000Z'],
  ])('"%s" is whole days of the zone, at most until now', (words, from, until) => {
    expect(read(words)).toEqual([from, until]);
  });

  it('is another one in another zone', () => {
    expect(read('2026-11-05', newYork)).toEqual(['2026-11-05T05:00:00.000Z', '2026-11-06T05:00:00.000Z']);
  });

  it('has a day of 25 hours in autumn and of 23 in spring', () => {
    expect(read('2026-10-25')).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
    expect(read('2026-03-29')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  });

  it.each([
    ['whenever', /do not understand "whenever"/],
    ['2026-11-01..whenever', /do not understand "whenever"/],
    ['..', /do not understand/],
    ['2026-02-30', /do not understand "2026-02-30"/],
    ['today 15:00', /do not understand/],
    ['1 .. 2 .. 3', /more than two ends/],
    ['2026-11-07..2026-11-01', /ends before it begins/],
    ['2026-12-01', /has not begun/],
    ['2024-01-01..2026-01-01', /more than a year/],
  ])('"%s" is refused in words', (words, problem) => {
    expect(read(words)).toMatch(problem);
  });
});

describe('days back', () => {
  it.each([
    ['7d', 7 * 24],
    ['30 days', 30 * 24],
    ['last 7 days', 7 * 24],
    ['the last 24 hours', 24],
    ['1 day', 24],
  ])('"%s" end now', (words, hours) => {
    expect(readDaysBack(words, now)).toEqual({ kind: 'read', from: now - hours * 3_600_000, until: now });
  });

  it('are neither none nor more than a year', () => {
    expect(readDaysBack('0d', now)).toMatchObject({ kind: 'unclear' });
    expect(readDaysBack('367d', now)).toMatchObject({ kind: 'unclear' });
  });

  it('are nothing else', () => {
    for (const words of ['today', '2026-11-01', '7', 'd', '7dd']) expect(readDaysBack(words, now)).toBeUndefined();
  });
});
