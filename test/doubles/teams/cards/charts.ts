import { boolean, type Check, list, number, oneOf, shape, text } from './check.js';
import { common } from './fields.js';

const color = oneOf(
  'good',
  'warning',
  'attention',
  'neutral',
  ...['Blue', 'Green', 'Red', 'Yellow'].map((name) => `categorical${name}`),
  'categoricalLime',
  'categoricalMarigold',
  'categoricalLightBlue',
  'categoricalLavender',
  'categoricalPurple',
  'categoricalTeal',
  ...['Blue', 'Lightblue', 'Cyan', 'Teal', 'Yellow', 'Peach', 'Lightred', 'Red', 'Maroon', 'Gray'].map(
    (name) => `diverging${name}`,
  ),
  'sequential1',
  'sequential2',
  'sequential3',
  'sequential4',
  'sequential5',
  'sequential6',
  'sequential7',
  'sequential8',
);

/** Charts are Teams' own: clients that do not know them need something else to show. */
const chart: Record<string, Check> = {
  ...common,
  title: text,
  colorSet: oneOf('categorical', 'sequential', 'diverging', 'sequentialred', 'sequentialgreen', 'sequentialyellow'),
  showTitle: boolean,
  maxWidth: text,
};

const axes: Record<string, Check> = { xAxisTitle: text, yAxisTitle: text };

const demandFallback = (value: Record<string, unknown>, spot: { report(message: string): void }): void => {
  if (value.fallback === undefined) spot.report('a chart needs a fallback');
};

const point = shape({ x: text, y: number }, { color });
const series = shape({ legend: text, values: list(point, 1) }, { color });
const slice = shape({ legend: text, value: number }, { color });
const bar = shape({ x: text, y: number }, { color });

function chartOf(data: Check, optional: Record<string, Check> = {}): Check {
  return shape({ type: text, data: list(data, 1) }, { ...chart, ...optional }, demandFallback);
}

export const charts: Record<string, Check> = {
  'Chart.Line': chartOf(series, { ...axes, color, yMin: number, yMax: number }),
  'Chart.VerticalBar': chartOf(bar, { ...axes, color, showBarValues: boolean, yMin: number, yMax: number }),
  'Chart.VerticalBar.Grouped': chartOf(series, { ...axes, color, showBarValues: boolean, stacked: boolean }),
  'Chart.HorizontalBar': chartOf(bar, {
    ...axes,
    color,
    displayMode: oneOf('AbsoluteWithAxis', 'AbsoluteNoAxis', 'PartToWhole'),
  }),
  'Chart.HorizontalBar.Stacked': chartOf(shape({ title: text, data: list(slice, 1) }), axes),
  'Chart.Donut': chartOf(slice, { value: text, thickness: text }),
  'Chart.Pie': chartOf(slice),
  'Chart.Gauge': shape(
    { type: text, value: number, max: number, segments: list(shape({ legend: text, size: number }, { color }), 1) },
    { ...chart, min: number, subLabel: text, valueFormat: oneOf('Percentage', 'Fraction'), showMinMax: boolean },
    demandFallback,
  ),
};
