import type { PublicNode } from '../../core/view.js';
import type { Zone } from '../../core/webcast.js';
import { sayFull } from '../../time/say.js';
import { chartBars } from './limits.js';
import { cleanLine } from './text.js';

type Chart = Extract<PublicNode, { readonly kind: 'chart' }>;

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Draws a chart as one line of bars from zero up to the highest value, with the figures in words. */
export function drawChart(chart: Chart, look: { readonly zone: Zone }): readonly string[] {
  const unit = cleanLine(chart.unit);
  const first = chart.points.at(0);
  const last = chart.points.at(-1);
  if (!first || !last) return [`${cleanLine(chart.title)}: no figures yet`];
  const values = chart.points.map((point) => point.value);
  const highest = Math.max(...values);
  const figures = `lowest ${Math.min(...values)}, highest ${highest}, last ${last.value} ${unit}`;
  return [
    `${cleanLine(chart.title)}: ${figures}`,
    squeeze(values, chartBars)
      .map((value) => bars[highest <= 0 ? 0 : Math.round((Math.max(0, value) / highest) * (bars.length - 1))])
      .join(''),
    `from ${sayFull(first.at, look.zone)}`,
    `to   ${sayFull(last.at, look.zone)}`,
  ];
}

// A bar stands for the highest of its values, so that a peak is never drawn lower than it was.
function squeeze(values: readonly number[], count: number): readonly number[] {
  if (values.length <= count) return values;
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * values.length) / count);
    const to = Math.floor(((index + 1) * values.length) / count);
    return Math.max(...values.slice(from, to));
  });
}
