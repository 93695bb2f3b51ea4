import { describe, expect, it } from '@jest/globals';
import type { Share } from '../../../src/core/numbers.js';
import { plain } from '../../../src/core/view.js';
import { instant } from '../../../src/core/webcast.js';
import {
  audienceFacts,
  countWords,
  lackWords,
  minutesWords,
  peakOf,
  sharesTable,
  shareWords,
  totalsSource,
  viewersChart,
} from '../../../src/show/numbers.js';

const at = (second: number) => instant(1_800_000_000_000 + second * 1000);
const share = (name: string, plays: number, minutes: number | undefined = plays * 2): Share => ({
  name,
  plays,
  minutes,
});

describe('figures in words', () => {
  it('have their thousands apart', () => {
    expect(countWords(1234567.4)).toBe('1,234,567');
    expect(minutesWords(12_000)).toBe('12,000 min (200 h)');
    expect(minutesWords(59.6)).toBe('60 min');
  });

  it('never say of a little that it is nothing', () => {
    expect([0, 0.004, 0.126, 1].map(shareWords)).toEqual(['0 %', 'under 1 %', '13 %', '100 %']);
  });

  it('leave out what is not known', () => {
    expect(audienceFacts(undefined, undefined)).toEqual([]);
    expect(audienceFacts({ at: at(0), viewers: 7, engaged: undefined }, { at: at(0), value: 0 })).toEqual([
      { label: 'Viewers now', value: '7' },
    ]);
  });

  it('say why they are missing', () => {
    const reasons = ['not in the account', 'nothing yet', 'took too long'] as const;
    const said = reasons.map((why) => lackWords("Kaltura's real-time reports", why));
    expect(new Set(said).size).toBe(3);
    for (const words of said) expect(words).toContain("Kaltura's real-time reports");
  });

  it('say of a fresh total that it will change, and of an old one that it will not', () => {
    const span = { from: at(0), until: at(3600) };
    expect(plain(totalsSource(span, at(7200)))).toContain('look again tomorrow');
    expect(plain(totalsSource(span, at(3600 + 25 * 3600)))).not.toContain('tomorrow');
  });
});

describe('a breakdown', () => {
  it('shows the five with the most plays, and all others in one line', () => {
    const shares = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => share(name, index + 1));
    expect(sharesTable('Country', shares)).toEqual([
      {
        kind: 'table',
        columns: ['Country', 'Plays', 'Minutes'],
        rows: [
          ['g', '7', '14'],
          ['f', '6', '12'],
          ['e', '5', '10'],
          ['d', '4', '8'],
          ['c', '3', '6'],
          ['2 others', '3', '6'],
        ],
      },
    ]);
  });

  it('names the sixth when it is the last', () => {
    const shares = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => share(name, 1));
    expect(JSON.stringify(sharesTable('Country', shares))).not.toContain('others');
  });

  it('keeps apart what was not measured', () => {
    expect(sharesTable('Device', [{ name: 'a', plays: 1, minutes: undefined }])).toMatchObject([
      { rows: [['a', '1', '']] },
    ]);
    expect(sharesTable('Device', [])).toEqual([]);
  });
});

describe('a curve', () => {
  const points = Array.from({ length: 1000 }, (_, index) => ({ at: at(index * 10), value: index === 777 ? 9000 : 5 }));

  it('is thinned out without losing its peak', () => {
    const [chart] = viewersChart(points);
    if (chart?.kind !== 'chart') throw new Error('There is no chart.');
    expect(chart.points.length).toBeLessThanOrEqual(120);
    expect(chart.points).toContainEqual({ at: at(7770), value: 9000 });
    expect([...chart.points].sort((one, other) => one.at - other.at)).toEqual(chart.points);
  });

  it('is not drawn when nobody watched', () => {
    expect(viewersChart([])).toEqual([]);
    expect(viewersChart([{ at: at(0), value: 0 }])).toEqual([]);
  });

  it('has the first of its highest points for its peak', () => {
    const twice = [
      { at: at(0), value: 3 },
      { at: at(10), value: 3 },
    ];
    expect(peakOf(twice)).toEqual({ at: at(0), value: 3 });
    expect(peakOf([])).toBeUndefined();
  });
});
