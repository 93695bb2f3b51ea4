import { isObject } from '../../json.js';
import { boolean, byType, type Check, integer, list, oneOf, type Rule, shape, string } from './check.js';
import { richText } from './richtext.js';

const cell = byType({
  raw_text: shape({ type: oneOf('raw_text'), text: string(3000, 0) }),
  raw_number: shape({
    type: oneOf('raw_number'),
    value: (value, spot) => {
      if (typeof value !== 'number') spot.report('must provide a number');
    },
    text: string(3000),
  }),
  rich_text: richText,
});

const sameWidth: Rule = (value, spot) => {
  const rows = Array.isArray(value.rows) ? value.rows.filter(Array.isArray) : [];
  const width = rows[0]?.length;
  for (const [index, row] of rows.entries()) {
    if (row.length !== width) spot.at('rows').at(index).report('must have as many cells as the first row');
  }
};

const settings = (value: unknown, spot: Parameters<Check>[1]) => {
  if (value === null) return;
  shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean })(value, spot);
};

/** A table block: at most 100 rows of 20 cells. */
export const table: Check = shape(
  { type: oneOf('table'), rows: list(list(cell, 20), 100) },
  { block_id: string(255), column_settings: list(settings, 20, 0) },
);

/** A data_table block: header and up to 200 rows, a caption for screen readers. */
export const dataTable: Check = shape(
  { type: oneOf('data_table'), rows: list(list(cell, 20), 201, 2), caption: string(255) },
  { block_id: string(255), page_size: integer(1, 100), row_header_column_index: integer(0, 19) },
  sameWidth,
  (value, spot) => {
    const first = Array.isArray(value.rows) ? value.rows[0] : undefined;
    if (!Array.isArray(first)) return;
    for (const [index, entry] of first.entries()) {
      if (!isObject(entry) || entry.type !== 'raw_text')
        spot.at('rows').at(0).at(index).report('must be raw_text in the header row');
    }
  },
);
