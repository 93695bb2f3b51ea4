import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { airTime, mostPoints, thinPoints } from '../../../src/core/broadcast.js';
import { instant } from '../../../src/core/webcast.js';

const point = (at: number, value: number) => ({ at: instant(at), value });
const minute = 60_000;
const anyPoints = fc.array(fc.tuple(fc.integer({ min: 0, max: 24 * 60 }), fc.nat(10_000)), { maxLength: 1500 });

describe('points of a curve', () => {
  it('stay as they are while they are few', () => {
    const few = Array.from({ length: 200 }, (_, index) => point(index * minute, index));
    expect(thinPoints(few)).toEqual(few);
  });

  it('are no more than 300, with the peak and the last one among them, however many come', () => {
    fc.assert(
      fc.property(anyPoints, (pairs) => {
        const moments = new Map(pairs.map(([at, value]) => [at, point(at * minute, value)]));
        const points = [...moments.values()].sort((a, b) => a.at - b.at);
        const thinned = thinPoints(points);
        expect(thinned.length).toBeLessThanOrEqual(mostPoints);
        expect(thinned.at(-1)).toEqual(points.at(-1));
        expect(Math.max(0, ...thinned.map(({ value }) => value))).toBe(
          Math.max(0, ...points.map(({ value }) => value)),
        );
        expect([...thinned]).toEqual([...thinned].sort((a, b) => a.at - b.at));
      }),
    );
  });

  it('come out the same when they are thinned one by one, as far as the peak goes, and when they are thinned again', () => {
    const day = Array.from({ length: 24 * 60 }, (_, index) => point(index * minute, (index * 7919) % 1000));
    let grown: ReturnType<typeof thinPoints> = [];
    for (const one of day) grown = thinPoints([...grown, one]);
    expect(grown.length).toBeLessThanOrEqual(mostPoints);
    expect(Math.max(...grown.map(({ value }) => value))).toBe(999);
    expect(thinPoints(grown)).toEqual(grown);
  });
});

describe('time on air', () => {
  const course = { number: 1, began: instant(1000), ended: undefined, gaps: [], drops: 0, dark: 0 };

  it('leaves out what was dark, and grows until the end', () => {
    expect(airTime({ ...course, dark: 300 }, instant(5000))).toBe(3700);
    expect(airTime({ ...course, ended: instant(2000) }, instant(5000))).toBe(1000);
    expect(airTime(course, instant(500))).toBe(0);
  });
});
