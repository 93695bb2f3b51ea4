import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Chart, drawBars, readFigures, sayFigures, thinPoints } from '../../../src/core/chart.js';
import { instant } from '../../../src/core/webcast.js';

const chartOf = (values: readonly number[]): Chart => ({
  kind: 'chart',
  title: 'Viewers',
  unit: 'viewers',
  points: values.map((value, index) => ({ at: instant(index * 60_000), value })),
});

describe('the figures of a curve', () => {
  it('are its first, last, lowest and highest point, of equal ones the first', () => {
    const figures = readFigures(chartOf([3, 9, 1, 9, 1, 4]));
    expect(figures).toEqual({
      first: { at: 0, value: 3 },
      last: { at: 300_000, value: 4 },
      lowest: { at: 120_000, value: 1 },
      highest: { at: 60_000, value: 9 },
    });
  });

  it('are none when nothing was measured', () => {
    expect(readFigures(chartOf([]))).toBeUndefined();
  });

  it('are said with thousands apart, and with the moment of the peak where it can be written', () => {
    const chart = chartOf([1500, 12_000, 0.126]);
    const figures = readFigures(chart);
    if (!figures) throw new Error('There are figures.');
    expect(sayFigures(chart, figures)).toBe('lowest 0.13, highest 12,000, last 0.13 viewers');
    expect(sayFigures(chart, figures, (at) => `at ${at}`)).toContain('highest 12,000 (at 60000)');
  });
});

describe('a line of bars', () => {
  it('begins at zero and is full at the highest value', () => {
    expect(drawBars(chartOf([0, 7, 14]))).toBe('▁▅█');
    expect(drawBars(chartOf([7, 7, 7]))).toBe('███');
    expect(drawBars(chartOf([0, 0]))).toBe('▁▁');
    expect(drawBars(chartOf([-5, 5]))).toBe('▁█');
    expect(drawBars(chartOf([]))).toBe('');
  });

  it('never draws a peak lower than it was, however many points there are', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => (index === 7321 ? 100 : 1));
    const bars = drawBars(chartOf(values));
    expect(bars).toHaveLength(60);
    expect(bars.match(/█/g)).toHaveLength(1);
  });
});

describe('a thinned curve', () => {
  it('keeps its ends, its peak and the order, and no more points than were asked for', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 400 });
    fc.assert(
      fc.property(values, fc.integer({ min: 3, max: 60 }), (all, count) => {
        const chart = chartOf(all);
        const thin = thinPoints(chart, count);
        expect(thin).toHaveLength(Math.min(all.length, count));
        const figures = readFigures(chart);
        if (!figures) return;
        expect([thin[0], thin.at(-1)]).toEqual([figures.first, figures.last]);
        expect(Math.max(...thin.map(({ value }) => value))).toBe(figures.highest.value);
        expect([...thin].sort((one, other) => one.at - other.at)).toEqual(thin);
      }),
    );
  });
});
