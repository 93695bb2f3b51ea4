import { LineChart, type LineSeriesOption } from 'echarts/charts';
import { GridComponent, MarkPointComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Chart, type Figures, type Point, readFigures, thinPoints } from '../core/chart.js';
import { drawable, sayDay, sayMoment, sayTick, sayValue } from './words.js';

echarts.use([LineChart, GridComponent, MarkPointComponent, TitleComponent, SVGRenderer]);

/** Points on the screen: as wide as Slack shows a picture in a message, before it makes it smaller. */
export const width = 600;
export const height = 240;

/** More points would only make the picture larger: a column of it is two points wide then. */
const mostPoints = 300;

const minute = 60_000;

/** How far the axis reaches around a curve without any length, in milliseconds. */
const margin = 5 * minute;

const ink = { strong: '#1d1c1d', soft: '#696969', line: '#0b5d8a', rule: '#e8e8e8', paper: '#ffffff' };
const family = 'Inter';

/** Draws a curve as SVG: its title and unit, the time in UTC since nobody's own zone can be known, and its peak by name. */
export function drawSvg(chart: Chart): string {
  const figures = readFigures(chart);
  if (!figures) throw new RangeError('A curve without points cannot be drawn.');
  const canvas = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    canvas.setOption({
      useUTC: true,
      animation: false,
      backgroundColor: ink.paper,
      textStyle: { fontFamily: family },
      title: heading(chart, figures),
      grid: { left: 16, right: 24, top: 72, bottom: 12, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: timeAxis(figures),
      yAxis: valueAxis(chart, figures),
      series: [curve(chart, figures)],
    });
    return canvas.renderToSVGString();
  } finally {
    canvas.dispose();
  }
}

function heading(chart: Chart, { first, last }: Figures): object {
  const days = sayDay(first.at) === sayDay(last.at) ? sayDay(first.at) : `${sayDay(first.at)} to ${sayDay(last.at)}`;
  const unit = drawable(chart.unit, 40);
  return {
    text: drawable(chart.title, 60),
    subtext: [...(unit === '' ? [] : [unit]), `${days}, UTC`].join('  ·  '),
    left: 16,
    top: 12,
    itemGap: 5,
    textStyle: { color: ink.strong, fontSize: 16, fontWeight: 600 },
    subtextStyle: { color: ink.soft, fontSize: 12 },
  };
}

function timeAxis({ first, last }: Figures): object {
  const around = first.at === last.at ? margin : 0;
  return {
    type: 'time',
    min: first.at - around,
    max: last.at + around,
    splitNumber: 6,
    // Its words have no seconds.
    minInterval: minute,
    axisLine: { lineStyle: { color: ink.rule } },
    axisTick: { show: false },
    axisLabel: {
      color: ink.soft,
      fontSize: 11,
      hideOverlap: true,
      formatter: (at: number) => sayTick(at, last.at - first.at),
    },
  };
}

function valueAxis({ points }: Chart, { lowest }: Figures): object {
  return {
    type: 'value',
    ...(lowest.value >= 0 && { min: 0 }),
    minInterval: points.every(({ value }) => Number.isInteger(value)) ? 1 : 0,
    splitNumber: 3,
    splitLine: { lineStyle: { color: ink.rule } },
    axisLabel: { color: ink.soft, fontSize: 11, formatter: sayValue },
  };
}

function curve(chart: Chart, { first, last, lowest, highest }: Figures): LineSeriesOption {
  const points = thinPoints(chart, mostPoints);
  return {
    type: 'line',
    data: points.map(({ at, value }) => [at, value]),
    showSymbol: points.length === 1,
    symbol: 'circle',
    symbolSize: 7,
    lineStyle: { color: ink.line, width: 2.25 },
    itemStyle: { color: ink.line },
    areaStyle: { color: ink.line, opacity: 0.1 },
    markPoint: {
      // A flat curve has no peak.
      data:
        highest.value === lowest.value && points.length > 1
          ? []
          : [{ name: 'peak', coord: [highest.at, highest.value] }],
      symbol: 'circle',
      symbolSize: 9,
      itemStyle: { color: ink.line, borderColor: ink.paper, borderWidth: 2 },
      label: {
        formatter: `${sayValue(highest.value)} at ${sayMoment(highest.at, last.at - first.at)}`,
        color: ink.strong,
        textBorderColor: ink.paper,
        textBorderWidth: 3,
        fontSize: 12,
        fontWeight: 600,
        position: 'top',
        distance: 6,
        ...besideEdges(highest, first, last),
      },
    },
  };
}

/** Keeps the words of a peak near an edge inside the picture. */
function besideEdges({ at }: Point, first: Point, last: Point): { align: 'left' | 'center' | 'right' } {
  const share = first.at === last.at ? 0.5 : (at - first.at) / (last.at - first.at);
  if (share < 0.1) return { align: 'left' };
  return { align: share > 0.9 ? 'right' : 'center' };
}
