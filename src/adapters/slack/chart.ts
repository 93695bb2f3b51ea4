import type { types } from '@slack/bolt';
import { clip } from '../../core/clip.js';
import type { PrivateNode } from '../../core/view.js';
import { bold, date, escapeText, marked } from './mrkdwn.js';

type Chart = Extract<PrivateNode, { kind: 'chart' }>;

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const width = 60;

/** Draws a curve as a line of bars with its lowest, highest and last value in words, which every client and reader shows. */
export function drawChart(chart: Chart): types.KnownBlock[] {
  const title = bold(clip(chart.title, 200));
  const first = chart.points[0];
  const last = chart.points.at(-1);
  if (!first || !last) return [{ type: 'section', text: marked(`${title}\nNothing was measured yet.`) }];
  const lowest = chart.points.reduce((low, point) => (point.value < low.value ? point : low));
  const highest = chart.points.reduce((high, point) => (point.value > high.value ? point : high));
  const unit = escapeText(clip(chart.unit, 40));
  const words = [
    `lowest ${lowest.value}`,
    `highest ${highest.value} (${date(highest.at)})`,
    `last ${last.value} ${unit}`,
  ].join(', ');
  const text = `${title}\n${line(chart, lowest.value, highest.value)}\n${date(first.at)} to ${date(last.at)}: ${words}`;
  return [{ type: 'section', text: marked(text) }];
}

function line(chart: Chart, low: number, high: number): string {
  const per = Math.max(1, Math.ceil(chart.points.length / width));
  let drawn = '';
  for (let start = 0; start < chart.points.length; start += per) {
    const group = chart.points.slice(start, start + per);
    const mean = group.reduce((sum, point) => sum + point.value, 0) / group.length;
    const level = high === low ? 0 : Math.round(((mean - low) / (high - low)) * (bars.length - 1));
    drawn += bars[level] ?? '';
  }
  return drawn;
}
