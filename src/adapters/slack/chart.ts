import type { types } from '@slack/bolt';
import { type Chart, drawBars, type Figures, readFigures, sayFigures, thinPoints } from '../../core/chart.js';
import { clip } from '../../core/clip.js';
import type { Instant } from '../../core/webcast.js';
import { limits } from './limits.js';
import { bold, date, escapeText, marked } from './mrkdwn.js';
import { drawGrid, drawTable } from './table.js';

/** Rows of the table behind a picture. */
const rows = 12;

/** How a curve is shown beside its figures in words: as a line of bars, or as a picture with a table behind it. */
export interface Look {
  /** The id of the file that shows it. */
  readonly picture: string | undefined;
  /** Whether the message has room for a table block. */
  readonly table: boolean;
}

/** Draws a curve with its lowest, highest and last value in words, which every client and reader shows. */
export function drawChart(chart: Chart, { picture, table }: Look): types.KnownBlock[] {
  const title = bold(clip(chart.title, 200));
  const figures = readFigures(chart);
  if (!figures) return [{ type: 'section', text: marked(`${title}\nNothing was measured yet.`) }];
  const words = sayWords(chart, figures);
  if (picture === undefined) return [{ type: 'section', text: marked(`${title}\n${drawBars(chart)}\n${words}`) }];
  return [
    { type: 'image', slack_file: { id: picture }, alt_text: describe(chart, figures) },
    { type: 'section', text: marked(`${title}\n${words}`) },
    ...(table ? drawTable : drawGrid)(behind(chart)),
  ];
}

function sayWords(chart: Chart, figures: Figures): string {
  const { first, last } = figures;
  const held = { ...chart, unit: escapeText(clip(chart.unit, 40)) };
  return `${date(first.at)} to ${date(last.at)}: ${sayFigures(held, figures, date)}`;
}

/** The picture in words, for those who do not see it; it is the same for all readers, so its times are in UTC. */
function describe(chart: Chart, figures: Figures): string {
  const span = `${sayUtc(figures.first.at)} to ${sayUtc(figures.last.at)} UTC`;
  const words = `${clip(chart.title, 200)}, ${span}: ${sayFigures(chart, figures, sayUtc)}`;
  return clip(words.trim(), limits.alt);
}

function behind(chart: Chart): Parameters<typeof drawTable>[0] {
  return {
    kind: 'table',
    columns: ['Time (UTC)', clip(chart.unit, 40)],
    rows: thinPoints(chart, rows).map(({ at, value }) => [sayUtc(at), String(value)]),
  };
}

const sayUtc = (at: Instant): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
