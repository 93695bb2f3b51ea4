import { type Chart, drawBars, type Figures, readFigures, sayFigures, thinPoints } from '../../core/chart.js';
import { type Element, textBlock } from './card.js';
import { drawn } from './limits.js';
import { bold, date, escapeText, literal } from './markdown.js';

/** Draws a curve as Teams' own chart, and for clients without it as a line of bars with a table; its figures in words for all. */
export function drawChart(chart: Chart): Element[] {
  const figures = readFigures(chart);
  if (!figures) return [textBlock(`${bold(chart.title)} Nothing was measured yet.`)];
  const curve: Element = {
    type: 'Chart.Line',
    title: literal(chart.title),
    xAxisTitle: 'UTC',
    yAxisTitle: literal(chart.unit),
    data: [
      {
        legend: literal(chart.unit),
        values: thinPoints(chart, drawn.points).map(({ at, value }) => ({ x: new Date(at).toISOString(), y: value })),
      },
    ],
    fallback: drawFallback(chart),
  };
  return [curve, textBlock(drawWords(chart, figures), { isSubtle: true, size: 'Small' })];
}

function drawWords(chart: Chart, figures: Figures): string {
  const { first, last } = figures;
  const held = { ...chart, unit: escapeText(chart.unit) };
  return `${date(first.at)} to ${date(last.at)}: ${sayFigures(held, figures, date)}`;
}

function drawFallback(chart: Chart): Element {
  return {
    type: 'Container',
    items: [
      textBlock(bold(chart.title)),
      textBlock(drawBars(chart), { fontType: 'Monospace', wrap: false }),
      {
        type: 'Table',
        firstRowAsHeaders: true,
        columns: [{ width: 2 }, { width: 1 }],
        rows: [
          drawRow('Time', escapeText(chart.unit), { weight: 'Bolder' }),
          ...thinPoints(chart, drawn.chartRows).map(({ at, value }) => drawRow(date(at), String(value), {})),
        ],
      },
    ],
  };
}

const drawRow = (time: string, value: string, look: object): Element => ({
  type: 'TableRow',
  cells: [time, value].map((text) => ({ type: 'TableCell', items: [textBlock(text, { ...look })] })),
});
