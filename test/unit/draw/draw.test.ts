import { describe, expect, it } from '@jest/globals';
import type { Chart } from '../../../src/core/chart.js';
import { instant } from '../../../src/core/webcast.js';
import { drawSvg } from '../../../src/draw/chart.js';
import { drawPicture } from '../../../src/draw/picture.js';
import { drawable, sayMoment, sayTick, sayValue } from '../../../src/draw/words.js';

const start = Date.UTC(2026, 10, 24, 13, 55);
const minute = 60_000;
const chartOf = (values: readonly number[], more: Partial<Chart> = {}, step = minute): Chart => ({
  kind: 'chart',
  title: 'Viewers',
  unit: 'viewers',
  points: values.map((value, index) => ({ at: instant(start + index * step), value })),
  ...more,
});
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => Math.round(500 + 400 * Math.sin(index / 90)));

/** All words of an SVG, as a reader of the picture sees them. */
const wordsOf = (svg: string): string =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text).join('\n');

describe('the picture of a curve', () => {
  it.each([
    ['one point', [5]],
    ['two points', [0, 1]],
    ['equal values', [7, 7, 7, 7]],
    ['nothing but zeros', [0, 0, 0]],
    ['values below zero', [-4, 3, -1]],
    ['fractions', [0.25, 0.5, 0.125]],
    ['millions', [1_000_000, 2_500_000]],
    ['an evening of minutes', many(90)],
    ['ten thousand points', many(10_000)],
  ])('is a PNG of 1200 x 480 pixels below 60 KB for %s', async (_, values) => {
    const png = Buffer.from(await drawPicture(chartOf(values)));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 480]);
    expect(png.length).toBeLessThan(60_000);
    expect(png.length).toBeGreaterThan(5000);
  });

  it('is the same whenever it is drawn', async () => {
    const [one, other] = [await drawPicture(chartOf(many(30))), await drawPicture(chartOf(many(30)))];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });

  it('says title, unit, day, zone and peak', () => {
    const words = wordsOf(drawSvg(chartOf([10, 1200, 40])));
    expect(words).toContain('Viewers');
    expect(words).toContain('viewers  ·  24 Nov 2026, UTC');
    expect(words).toContain('1,200 at 13:56');
  });

  it('names both days of a show over midnight, and the day of its peak', () => {
    const words = wordsOf(drawSvg(chartOf([1, 2, 9, 4, 1], {}, 8 * 60 * minute)));
    expect(words).toContain('24 Nov 2026 to 25 Nov 2026, UTC');
    expect(words).toContain('9 at 25 Nov 05:55');
  });

  it('says no moment of its axis twice', () => {
    for (const length of [3, 7, 20, 90, 600]) {
      const ticks = wordsOf(drawSvg(chartOf(many(length)))).match(/^\d\d:\d\d$/gm) ?? [];
      expect(ticks.length).toBeGreaterThan(1);
      expect(new Set(ticks).size).toBe(ticks.length);
    }
  });

  it('speaks of no peak where there is none', () => {
    expect(wordsOf(drawSvg(chartOf([7, 7, 7])))).not.toContain(' at ');
  });

  it('keeps a peak of ten thousand points', () => {
    const values = many(10_000).map((value, index) => (index === 5432 ? 98_765 : value));
    expect(wordsOf(drawSvg(chartOf(values, {}, 1000)))).toContain('98,765 at 15:25');
  });

  it.each([
    '</text><script>alert(1)</script>',
    '"><image href="https://evil.example/x.png"/>',
    '&lt;b&gt; & &#x0; ]]>',
    "' onload='x",
    '{b|rich} {a}',
  ])('shows the hostile words %s as words', async (hostile) => {
    const svg = drawSvg(chartOf([1, 2, 3], { title: hostile, unit: hostile }));
    expect(svg).not.toMatch(/<script|<image|<foreignObject|<a |<[^>]*\son[a-z]+=/i);
    expect((await drawPicture(chartOf([1, 2, 3], { title: hostile, unit: hostile }))).length).toBeGreaterThan(5000);
  });

  it.each(['\u0000\u0008\u001b[31m', '\ud800', '会議', '🎥', '\u202egnp.exe'])(
    'leaves out words that its fonts cannot show: %j',
    async (title) => {
      expect(wordsOf(drawSvg(chartOf([1, 2], { title })))).not.toContain(title);
      expect((await drawPicture(chartOf([1, 2], { title, unit: title }))).length).toBeGreaterThan(5000);
    },
  );

  it('refuses a curve without points', () => {
    expect(() => drawSvg(chartOf([]))).toThrow('without points');
  });
});

describe('the words of a picture', () => {
  it('are cut at a length and stand on one line', () => {
    expect(drawable('  Q3\n Town   Hall ', 60)).toBe('Q3 Town Hall');
    expect(drawable('x'.repeat(61), 60)).toBe(`${'x'.repeat(59)}…`);
    expect(drawable('Grüße Ωmega Привет €', 60)).toBe('Grüße Ωmega Привет €');
  });

  it('say a moment with its day where days matter', () => {
    const hour = 60 * minute;
    expect(sayMoment(start, 2 * hour)).toBe('13:55');
    expect(sayMoment(start, 48 * hour)).toBe('24 Nov 13:55');
    expect(sayTick(Date.UTC(2026, 10, 25), 48 * hour)).toBe('25 Nov');
    expect(sayTick(start, 200 * hour)).toBe('24 Nov');
  });

  it('say values as people read them', () => {
    expect([0, 0.256, 1234, 1_250_000].map(sayValue)).toEqual(['0', '0.26', '1,234', '1.25M']);
  });
});
