import { argument, type Call, objectArgument, type Service } from '../call.js';
import { internalError } from '../errors.js';
import { figure, pointsOf, type Question, readQuestion } from '../reports/figures.js';
import { checkAccount, isRealTime } from '../reports/lacks.js';
import { LAYOUTS, type Layout, type RowKind } from '../reports/layouts.js';
import { ROWS } from '../reports/rows.js';
import { type Fields, int, isFields, items, part, text } from '../values.js';

const MINUTE = 60;
const DEFAULT_PAGE = 30;

function layoutOf(args: Fields, { account }: Call, action: string): Layout {
  const type = argument(args, 'reportType');
  checkAccount(account, type, action);
  const layout = LAYOUTS[type];
  if (!layout) throw internalError();
  return layout;
}

const delimiterOf = (args: Fields) => text(part(args, 'responseOptions') ?? {}, 'delimiter') ?? ',';
const columnsOf = (columns: string) => columns.split(',').filter((column) => column !== '');

function ask(args: Fields, call: Call): Question {
  return readQuestion(call.account, objectArgument(args, 'reportInputFilter'), text(args, 'objectIds'), {
    delimiter: delimiterOf(args),
    isRealTime: isRealTime(argument(args, 'reportType')),
  });
}

/** A cell as it is written: what would end it is taken out. */
const clean = (cell: string, delimiter: string) => cell.replaceAll(delimiter, ' ').replaceAll(';', ' ');

function getTotal(args: Fields, call: Call): Fields {
  const { total } = layoutOf(args, call, 'getTotal');
  if (total === undefined) throw internalError();
  const question = ask(args, call);
  const columns = columnsOf(total);
  const delimiter = delimiterOf(args);
  return {
    header: columns.join(delimiter),
    data: columns.map((column) => figure(column, question, { row: 'total' })).join(delimiter),
    objectType: 'KalturaReportTotal',
  };
}

function tableRows(kind: RowKind, layout: Layout, question: Question, columns: string[]): string[][] {
  if (kind === 'time') {
    return pointsOf(question, layout.step).map(({ label, ...stretch }) => [
      label,
      ...columns.map((column) => figure(column, question, { row: 'time', stretch })),
    ]);
  }
  if (kind === 'position') {
    const first = Math.floor(question.from / MINUTE) * MINUTE;
    const minutes = Math.max(0, Math.floor((question.to - first) / MINUTE) + 1);
    return Array.from({ length: minutes }, (_, index) => [String(first + index * MINUTE), 'Offline', '0']);
  }
  return ROWS[kind]
    .rows(question)
    .map(({ names, share, question: own }) => [
      ...names,
      ...columns.map((column) => figure(column, own, { row: names[0] ?? '', share })),
    ]);
}

/** Sorts rows by a column, the highest first when its name comes after a minus. */
function inOrder(rows: string[][], columns: string[], order: string | undefined): string[][] {
  const index = columns.indexOf((order ?? '').replace(/^[+-]/, ''));
  if (index < 0) return rows;
  const sign = order?.startsWith('-') ? -1 : 1;
  return [...rows].sort((one, other) => sign * (Number(one[index]) - Number(other[index])));
}

function onPage(rows: string[][], args: Fields): string[][] {
  const pager = part(args, 'pager') ?? {};
  const size = int(pager, 'pageSize') ?? DEFAULT_PAGE;
  const start = (Math.max(1, int(pager, 'pageIndex') ?? 1) - 1) * size;
  return rows.slice(start, start + size);
}

function getTable(args: Fields, call: Call): Fields {
  const layout = layoutOf(args, call, 'getTable');
  if (!layout.table) throw internalError();
  const [kind, list] = layout.table;
  const columns = columnsOf(list);
  const header = [...ROWS[kind].columns, ...columns];
  const delimiter = delimiterOf(args);
  const rows = tableRows(kind, layout, ask(args, call), columns);
  const shown = onPage(inOrder(rows, header, text(args, 'order')), args);
  return {
    header: header.join(delimiter),
    data: shown.map((row) => `${row.map((cell) => clean(cell, delimiter)).join(delimiter)};`).join(''),
    totalCount: rows.length,
    objectType: 'KalturaReportTable',
  };
}

function getGraphs(args: Fields, call: Call): Fields[] {
  const layout = layoutOf(args, call, 'getGraphs');
  if (layout.graphs === undefined) throw internalError();
  const question = ask(args, call);
  const delimiter = delimiterOf(args);
  const points = pointsOf(question, layout.step);
  return columnsOf(layout.graphs).map((metric) => ({
    id: metric,
    data: points
      .map(({ label, ...stretch }) => `${label}${delimiter}${figure(metric, question, { row: 'time', stretch })};`)
      .join(''),
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
