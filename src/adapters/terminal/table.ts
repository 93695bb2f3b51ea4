import type { Paint } from './paint.js';
import { breakHard, cleanLine, padTo, widthOf } from './text.js';

const gap = 2;
const leastColumn = 6;

/** Draws an aligned table within width columns; where it does not fit, the widest cells are broken over several lines. */
export function drawTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: Paint,
): readonly string[] {
  const cells = [columns, ...rows].map((row) => columns.map((_, index) => cleanLine(row[index] ?? '')));
  const widths = fitWidths(
    columns.map((_, index) => Math.max(...cells.map((row) => widthOf(row[index] ?? '')))),
    width,
  );
  const lines = cells.flatMap((row, index) => {
    const drawn = drawRow(row, widths);
    return index === 0
      ? [...drawn.map(paint.bold), widths.map((size) => '-'.repeat(size)).join(' '.repeat(gap))]
      : drawn;
  });
  return rows.length === 0 ? [...lines, '(none)'] : lines;
}

function fitWidths(natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  const room = width - gap * (widths.length - 1);
  for (let over = widths.reduce((sum, size) => sum + size, 0) - room; over > 0; over -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    const size = widths[widest];
    if (size === undefined || size <= leastColumn) break;
    widths[widest] = size - 1;
  }
  return widths;
}

function drawRow(row: readonly string[], widths: readonly number[]): readonly string[] {
  const broken = row.map((cell, index) => breakHard(cell, widths[index] ?? leastColumn));
  const height = Math.max(1, ...broken.map((pieces) => pieces.length));
  return Array.from({ length: height }, (_, line) =>
    broken
      .map((pieces, index) => padTo(pieces[line] ?? '', widths[index] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}
