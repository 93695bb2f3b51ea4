import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant, type Zone } from '../../../src/core/webcast.js';
import { readTime } from '../../../src/time/read.js';
import { sayFull, sayLength } from '../../../src/time/say.js';

const berlin = 'Europe/Berlin' as Zone;
const newYork = 'America/New_York' as Zone;
const at = (iso: string) => instant(Date.parse(iso));
const sunday = at('2026-11-22T12:00:00Z');

const read = (words: string, zone = berlin, now = sunday) => {
  const found = readTime(words, zone, now);
  return found.kind === 'read' ? new Date(found.at).toISOString() : found.problem;
};

describe('understanding a time', () => {
  it.each([
    ['tomorrow 15:00', '2026-11-23T14:00:00.000Z'],
    ['Tomorrow at 3pm', '2026-11-23T14:00:00.000Z'],
    ['in 10 minutes', '2026-11-22T12:10:00.000Z'],
    ['in 2 hours', '2026-11-22T14:00:00.000Z'],
    ['14:30', '2026-11-22T13:30:00.000Z'],
    ['9:00', '2026-11-23T08:00:00.000Z'],
    ['2026-12-01 09:30', '2026-12-01T08:30:00.000Z'],
    ['2026-12-01T09:30', '2026-12-01T08:30:00.000Z'],
    ['2026-12-01T09:30:00Z', '2026-12-01T09:30:00.000Z'],
    ['1.12.2026 15:00', '2026-12-01T14:00:00.000Z'],
    ['friday 10:00', '2026-11-27T09:00:00.000Z'],
    ['1 July 2027 10:00', '2027-07-01T08:00:00.000Z'],
    ['now', '2026-11-22T12:00:00.000Z'],
  ])('reads "%s" as a person in Berlin means it', (words, iso) => {
    expect(read(words)).toBe(iso);
  });

  it('means the same words differently in another zone', () => {
    expect(read('tomorrow 15:00', newYork)).toBe('2026-11-23T20:00:00.000Z');
  });

  it('takes the day from the person, not from the server', () => {
    const lateEvening = at('2026-11-23T03:00:00Z');
    expect(read('tomorrow 9:00', newYork, lateEvening)).toBe('2026-11-23T14:00:00.000Z');
  });

  it('uses the offset of the day that is meant when the clocks change in between', () => {
    expect(read('tomorrow 09:00', berlin, at('2026-10-24T12:00:00Z'))).toBe('2026-10-25T08:00:00.000Z');
    expect(read('tomorrow 09:00', newYork, at('2027-03-13T15:00:00Z'))).toBe('2027-03-14T13:00:00.000Z');
  });

  it('says that a time does not exist when the clocks go forward, and which one is next', () => {
    expect(read('2027-03-28 02:30')).toContain('02:30 does not exist on that day in Europe/Berlin');
    expect(read('2027-03-28 02:30')).toContain('03:30');
  });

  it('takes the first of two when the clocks go back', () => {
    expect(read('2027-10-31 02:30')).toBe('2027-10-31T00:30:00.000Z');
  });

  it.each([
    ['', 'I do not understand'],
    ['soonish', 'I do not understand'],
    ['tomorrow', 'says no time of day'],
    ['tomorrow 15:00 with slides', 'but not the rest'],
    ['tomorrow 15:00 to 16:00', 'is a span of time'],
  ])('says of "%s" why it is not enough', (words, why) => {
    expect(read(words)).toContain(why);
  });

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string(), (words) => void read(words)));
  });
});

describe('saying a time', () => {
  it('says it in full with its zone', () => {
    expect(sayFull(at('2026-11-23T14:00:00Z'), berlin)).toBe('Monday 23 November 2026, 15:00 (Europe/Berlin, UTC+1)');
  });

  it.each([
    [42_000, '42 s'],
    [60_000, '1 min'],
    [125_000, '2 min 5 s'],
    [841_000, '14 min'],
    [3_600_000, '1 h'],
    [5_400_000, '1 h 30 min'],
  ])('says %i ms as %s', (milliseconds, words) => expect(sayLength(milliseconds)).toBe(words));
});
