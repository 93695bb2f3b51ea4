import type { PrivateNode } from '../../core/view.js';
import { type Element, textBlock } from './card.js';
import { drawn } from './limits.js';
import { bold, date, escapeText } from './markdown.js';

type Chart = Extract<PrivateNode, { kind: 'chart' }>;

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const width = 60;

/** Draws a curve as Teams' own chart, and for clients without it as a line of bars with its figures in words. */
export function drawChart(chart: Chart): Element[] {
  const first = chart.points[0];
  const last = chart.points.at(-1);
  if (!first || !last) return [textBlock(`${bold(chart.title)} Nothing was measured yet.`)];
  const lowest = chart.points.reduce((low, point) => (point.value < low.value ? point : low));
  const highest = chart.points.reduce((high, point) => (point.value > high.value ? point : high));
  const words = [
    `lowest ${lowest.value}`,
    `highest ${highest.value} (${date(highest.at)})`,
    `last ${last.value} ${escapeText(chart.unit)}`,
  ].join(', ');
  const fallback: Element = {
    type: 'Container',
    items: [
      textBlock(bold(chart.title)),
      textBlock(line(chart, lowest.value, highest.value), { fontType: 'Monospace', wrap: false }),
    ],
  };
  const values = thin(chart.points).map(({ at, value }) => ({ x: new Date(at).toISOString(), y: value }));
  const curve: Element = {
    type: 'Chart.Line',
    title: chart.title,
    yAxisTitle: chart.unit,
    data: [{ legend: chart.unit, values }],
    fallback,
  };
  return [curve, textBlock(`${date(first.at)} to ${date(last.at)}: ${words}`, { isSubtle: true, size: 'Small' })];
}

function thin(points: Chart['points']): Chart['points'] {
  const step = Math.ceil(points.length / drawn.points);
  return step <= 1 ? points : points.filter((_, index) => index % step === 0 || index === points.length - 1);
}

function line(chart: Chart, low: number, high: number): string {
  const per = Math.max(1, Math.ceil(chart.points.length / width));
  let drawnLine = '';
  for (let start = 0; start < chart.points.length; start += per) {
    const group = chart.points.slice(start, start + per);
    const mean = group.reduce((sum, point) => sum + point.value, 0) / group.length;
    const level = high === low ? 0 : Math.round(((mean - low) / (high - low)) * (bars.length - 1));
    drawnLine += bars[level] ?? '';
  }
  return drawnLine;
}
