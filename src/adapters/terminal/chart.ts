import { type Chart, drawBars, readFigures, sayFigures } from '../../core/chart.js';
import type { Zone } from '../../core/webcast.js';
import { sayFull } from '../../time/say.js';
import { cleanLine } from './text.js';

/** Draws a chart as one line of bars from zero up to the highest value, with the figures in words. */
export function drawChart(chart: Chart, look: { readonly zone: Zone }): readonly string[] {
  const figures = readFigures(chart);
  if (!figures) return [`${cleanLine(chart.title)}: no figures yet`];
  const { first, last } = figures;
  return [
    `${cleanLine(chart.title)}: ${cleanLine(sayFigures(chart, figures))}`,
    drawBars(chart),
    `from ${sayFull(first.at, look.zone)}`,
    `to   ${sayFull(last.at, look.zone)}`,
  ];
}
