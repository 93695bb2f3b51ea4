import type { PrivateNode } from './view.js';
import type { Instant } from './webcast.js';

export type Chart = Extract<PrivateNode, { kind: 'chart' }>;
export type Point = Chart['points'][number];

/** What a curve says in figures; of several highest or lowest points the first. */
export interface Figures {
  readonly first: Point;
  readonly last: Point;
  readonly lowest: Point;
  readonly highest: Point;
}

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Bars of a curve drawn in text: as wide as the narrowest client shows on one line. */
const barCount = 60;

/** Reads the figures of a curve; undefined when nothing was measured. */
export function readFigures({ points }: Chart): Figures | undefined {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return undefined;
  const lowest = points.reduce((low, point) => (point.value < low.value ? point : low));
  const highest = points.reduce((high, point) => (point.value > high.value ? point : high));
  return { first, last, lowest, highest };
}

/** Draws a curve as one line of bars from zero up to the highest value; nothing below zero is told apart. */
export function drawBars({ points }: Chart): string {
  const peaks = split(points, barCount).map((group) => Math.max(...group.map(({ value }) => value)));
  const highest = Math.max(0, ...peaks);
  return peaks
    .map((value) => bars[highest === 0 ? 0 : Math.round((Math.max(0, value) / highest) * (bars.length - 1))])
    .join('');
}

/** Thins a curve to at most count points (three or more), the first, the last and the highest among them. */
export function thinPoints(chart: Chart, count: number): readonly Point[] {
  const { points } = chart;
  const figures = readFigures(chart);
  if (!figures || points.length <= count) return points;
  const between = split(points.slice(1, -1), count - 2).map((group) =>
    group.reduce((high, point) => (point.value > high.value ? point : high)),
  );
  return [figures.first, ...between, figures.last];
}

/** The words that say a curve without a picture; with a platform's writing of moments they say when its peak was. */
export function sayFigures(chart: Chart, { lowest, highest, last }: Figures, say?: (at: Instant) => string): string {
  const figure = ({ value }: Point) => value.toLocaleString('en-US', { maximumFractionDigits: 2 });
  const peak = `highest ${figure(highest)}${say ? ` (${say(highest.at)})` : ''}`;
  return `lowest ${figure(lowest)}, ${peak}, last ${figure(last)} ${chart.unit}`;
}

/** Divides points into at most count groups of about the same size; a peak stays a group's highest. */
function split(points: readonly Point[], count: number): readonly (readonly Point[])[] {
  if (points.length <= count) return points.map((point) => [point]);
  return Array.from({ length: count }, (_, index) =>
    points.slice(Math.floor((index * points.length) / count), Math.floor(((index + 1) * points.length) / count)),
  );
}
