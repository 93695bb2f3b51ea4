import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/core/webcast.js';
import { aroundGap, findFall, marksOf } from '../../../src/show/curve.js';

const minute = 60_000;
/** One point a minute. */
const curve = (...values: readonly number[]) => values.map((value, index) => ({ at: instant(index * minute), value }));
const show = (minutes: number) => ({ from: instant(0), until: instant(minutes * minute) });

describe('the drop-off of a curve', () => {
  it('is where it fell most within a minute', () => {
    const fall = findFall(curve(100, 120, 118, 60, 58, 57, 56, 55, 54), show(20));
    expect(fall).toMatchObject({ from: { at: 2 * minute, value: 118 }, to: { at: 3 * minute, value: 60 } });
  });

  it('is where it fell within five minutes when that is more than twice as much', () => {
    const fall = findFall(curve(100, 90, 80, 70, 60, 50, 50, 50), show(20));
    expect(fall).toMatchObject({ from: { at: 0, value: 100 }, to: { at: 5 * minute, value: 50 } });
  });

  it('is none when people only come, or hardly anybody goes', () => {
    expect(findFall(curve(1, 2, 3, 50), show(20))).toBeUndefined();
    expect(findFall(curve(1000, 990, 985, 984), show(20))).toBeUndefined();
    expect(findFall(curve(3, 1, 1), show(20))).toBeUndefined();
    expect(findFall([], show(20))).toBeUndefined();
  });

  it('is not the end, when all leave', () => {
    expect(findFall(curve(100, 100, 100, 100, 10, 0), show(5))).toBeUndefined();
  });

  it('is told with the mark that lies at it', () => {
    const gap = { from: instant(2 * minute + 20_000), until: instant(8 * minute) };
    const marks = marksOf(show(20), [gap]);
    expect(findFall(curve(100, 100, 100, 20, 20, 20), show(20), marks)?.mark?.words).toBe('the picture was lost');
    expect(findFall(curve(...Array(12).fill(100), 20, 20), show(20), marks)?.mark).toBeUndefined();
  });
});

describe('the marks of a show', () => {
  it('hold those that people set, in their own words', () => {
    const set = [{ at: instant(3 * minute), words: 'CFO numbers' }];
    const fall = findFall(curve(100, 100, 100, 100, 20, 20), show(20), marksOf(show(20), [], set));
    expect(fall?.mark?.words).toBe('"CFO numbers" was marked');
  });
});

describe('a gap', () => {
  it('is seen by those who watched just before and just after it', () => {
    const gap = { from: instant(2 * minute), until: instant(4 * minute) };
    expect(aroundGap(curve(10, 20, 30, 0, 25, 26), gap)).toEqual({ before: 30, after: 25 });
  });

  it('says nothing of points that lie far off', () => {
    const gap = { from: instant(60 * minute), until: instant(64 * minute) };
    expect(aroundGap(curve(10, 20, 30), gap)).toEqual({});
  });
});
