import type { FileNode } from '../core/view.js';
import type { Instant, Zone } from '../core/webcast.js';

/** Spreadsheets take a cell that begins so for a formula, and run it. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;
/** Without it Excel reads UTF-8 as something else. */
const byteOrderMark = '\uFEFF';

/** A CSV file (RFC 4180, UTF-8 with a byte order mark); the name is without its ending. */
export const csvFile = (name: string, csv: string): FileNode => ({
  kind: 'file',
  name: `${name}.csv`,
  type: 'text/csv',
  text: byteOrderMark + csv,
});

/** Rows as CSV: lines end with CR LF, and no cell can be taken for a formula. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('');

function writeCell(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A webcast's name as every file system takes it: letters and digits of any script, with hyphens between. */
export function safeName(name: string): string {
  const words = name.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const short = [...words.join('-')].slice(0, 60).join('').replace(/-+$/, '');
  return short === '' ? 'webcast' : short;
}

/** The day of a moment where the show was planned, such as 2026-11-22. */
export const dayOf = (at: Instant, zone: Zone | undefined): string =>
  // Swedish writes a day as ISO 8601 does.
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone ?? 'UTC' }).format(at);
