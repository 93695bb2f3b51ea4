import type { types } from '@slack/bolt';
import { clip } from '../../core/clip.js';
import type { PrivateNode } from '../../core/view.js';
import { limits } from './limits.js';
import { marked } from './mrkdwn.js';

type Table = Extract<PrivateNode, { kind: 'table' }>;
type Cell = { readonly type: 'raw_text'; readonly text: string };

const cell = (text: string | undefined): Cell => ({ type: 'raw_text', text: clip(text?.trim() || '–', 500) });

/** Draws the one table block a message may hold: 100 rows of 20 columns with the heading row counted in. */
export function drawTable(node: Table): types.KnownBlock[] {
  const columns = node.columns.slice(0, limits.table.columns);
  const rows = [columns.map(cell)];
  let size = JSON.stringify(rows).length;
  for (const row of node.rows.slice(0, limits.table.rows - 1)) {
    const cells = columns.map((_, index) => cell(row[index]));
    size += JSON.stringify(cells).length + 1;
    if (size > limits.table.size) break;
    rows.push(cells);
  }
  // Slack cuts long cells off unless their column is told to wrap.
  const settings = columns.map((_, index) => ({ is_wrapped: rows.some((row) => (row[index]?.text.length ?? 0) > 30) }));
  return [{ type: 'table', rows, column_settings: settings }, ...left(node.rows.length - (rows.length - 1))];
}

/** Draws a table as lines of one width, for messages that hold a table already. */
export function drawGrid(node: Table): types.KnownBlock[] {
  const shown = node.rows.slice(0, 40);
  const lines = [node.columns, ...shown].map((row) => node.columns.map((_, index) => clip(row[index] ?? '', 40)));
  const widths = node.columns.map((_, index) => Math.max(...lines.map((line) => [...(line[index] ?? '')].length)));
  const text = lines
    .map((line) =>
      line
        .map((word, index) => word.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
  return [
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: text || ' ' }] }],
    },
    ...left(node.rows.length - shown.length),
  ];
}

function left(count: number): types.KnownBlock[] {
  return count > 0 ? [{ type: 'context', elements: [marked(`…and ${count} more`)] }] : [];
}
