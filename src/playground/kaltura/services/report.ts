import { argument, type Call, objectArgument, type Service } from '../call.js';
import { internalError } from '../errors.js';
import { figure, pointsOf, type Question, readQuestion } from '../reports/figures.js';
import { LAYOUTS, type Layout, type RowKind } from '../reports/layouts.js';
import { type Fields, isFields, items, part, text } from '../values.js';

/** The columns that name a row, and the rows there are. */
const ROWS: Record<RowKind, { columns: string[]; rows: (question: Question) => string[][] }> = {
  entry: { columns: ['entry_id'], rows: ({ entries }) => entries.map(({ id }) => [id]) },
  'live-entry': {
    columns: ['entry_id', 'entry_name'],
    rows: ({ entries }) => entries.map(({ id, fields }) => [id, text(fields, 'name') ?? '']),
  },
  'named-entry': {
    columns: ['object_id', 'entry_name'],
    rows: ({ entries }) => entries.map(({ id, fields }) => [id, text(fields, 'name') ?? '']),
  },
  user: { columns: ['user_id', 'user_name'], rows: () => [['', '']] },
  'user-name': { columns: ['name'], rows: () => [['']] },
  country: {
    columns: ['object_id', 'country', 'coordinates'],
    rows: () => [
      ['US', 'United States', ''],
      ['IL', 'Israel', ''],
    ],
  },
  region: {
    columns: ['object_id', 'country', 'region', 'coordinates'],
    rows: () => [['US', 'United States', 'New York', '']],
  },
  city: {
    columns: ['object_id', 'country', 'region', 'city', 'coordinates'],
    rows: () => [['US', 'United States', 'New York', 'New York', '']],
  },
  device: { columns: ['device'], rows: () => [['Computer'], ['Mobile']] },
  domain: { columns: ['object_id', 'domain_name'], rows: () => [['events.example.test', 'events.example.test']] },
  time: { columns: ['date_id'], rows: () => [] },
  reaction: { columns: ['reaction'], rows: () => [['clap'], ['heart']] },
  position: { columns: ['position', 'user_engagement'], rows: () => [] },
  none: { columns: ['date_id'], rows: () => [] },
};

const MINUTE = 60;

function layoutOf(args: Fields): Layout {
  const layout = LAYOUTS[argument(args, 'reportType')];
  if (!layout) throw internalError();
  return layout;
}

function ask(args: Fields, call: Call): Question {
  return readQuestion(call.account, objectArgument(args, 'reportInputFilter'), text(args, 'objectIds'));
}

const delimiterOf = (args: Fields) => text(part(args, 'responseOptions') ?? {}, 'delimiter') ?? ',';
const columnsOf = (columns: string) => columns.split(',').filter((column) => column !== '');

function getTotal(args: Fields, call: Call): Fields {
  const { total } = layoutOf(args);
  if (total === undefined) throw internalError();
  const question = ask(args, call);
  const columns = columnsOf(total);
  const delimiter = delimiterOf(args);
  return {
    header: columns.join(delimiter),
    data: columns.map((column) => figure(column, question, 'total')).join(delimiter),
    objectType: 'KalturaReportTotal',
  };
}

function tableRows(kind: RowKind, layout: Layout, question: Question, columns: string[]): string[][] {
  if (kind === 'time') {
    return pointsOf(question, layout.step, false).map(({ label, from, to }) => [
      label,
      ...columns.map((column) => figure(column, question, 'time', from, to)),
    ]);
  }
  if (kind === 'position') {
    const first = Math.floor(question.from / MINUTE) * MINUTE;
    const minutes = Math.max(0, Math.floor((question.to - first) / MINUTE) + 1);
    return Array.from({ length: minutes }, (_, index) => [String(first + index * MINUTE), 'Offline', '0']);
  }
  return ROWS[kind]
    .rows(question)
    .map((names) => [...names, ...columns.map((column) => figure(column, question, names[0] ?? ''))]);
}

function getTable(args: Fields, call: Call): Fields {
  const layout = layoutOf(args);
  if (!layout.table) throw internalError();
  const [kind, list] = layout.table;
  const columns = columnsOf(list);
  const delimiter = delimiterOf(args);
  const rows = tableRows(kind, layout, ask(args, call), columns);
  return {
    header: [...ROWS[kind].columns, ...columns].join(delimiter),
    data: rows.map((row) => `${row.join(delimiter)};`).join(''),
    totalCount: rows.length,
    objectType: 'KalturaReportTable',
  };
}

function getGraphs(args: Fields, call: Call): Fields[] {
  const layout = layoutOf(args);
  if (layout.graphs === undefined) throw internalError();
  const question = ask(args, call);
  const isAligned = text(part(args, 'reportInputFilter') ?? {}, 'interval') !== undefined;
  const points = pointsOf(question, layout.step, isAligned);
  return columnsOf(layout.graphs).map((metric) => ({
    id: metric,
    data: points.map(({ label, from, to }) => `${label},${figure(metric, question, 'time', from, to)};`).join(''),
    objectType: 'KalturaReportGraph',
  }));
}

function exportToCsv(args: Fields, call: Call): Fields {
  const params = objectArgument(args, 'params');
  if (items(params, 'reportItems').filter(isFields).length === 0) throw internalError();
  return {
    referenceJobId: call.account.store.next('job'),
    reportEmail: text(params, 'recipientEmail'),
    objectType: 'KalturaReportExportResponse',
  };
}

export const report: Service = { getTotal, getTable, getGraphs, exportToCsv };
