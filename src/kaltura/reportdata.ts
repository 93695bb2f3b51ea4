import { KalturaFilterPager } from 'kaltura-typescript-client/types/KalturaFilterPager.js';
import { KalturaReportInterval } from 'kaltura-typescript-client/types/KalturaReportInterval.js';
import { KalturaReportType } from 'kaltura-typescript-client/types/KalturaReportType.js';
import { z } from 'zod';
import type { Span } from '../core/numbers.js';
import { type EntryId, type Instant, instant } from '../core/webcast.js';
import {
  ReportGraphsAction,
  ReportInputFilter,
  ReportResponseOptions,
  ReportTableAction,
  ReportTotalAction,
} from './client/additions.js';
import type { Question } from './client/caller.js';
import { figure, text } from './entry.js';

/** Parts cells and the ids of a filter; Kaltura takes it and the semicolon that ends a row out of every value. */
const delimiter = '|';

/** One row of a report: its cells by the names of their columns. */
export type Row = ReadonlyMap<string, string>;

/** Seconds between two points of a graph, as KalturaReportInterval names them. */
export const steps = { ten_seconds: 10, minutes: 60 } as const;
export type Step = keyof typeof steps;

/** What a report is asked about: entries within a span, and for graphs the time between two points. */
export interface Asked {
  readonly ids: readonly EntryId[];
  readonly span: Span;
  readonly step?: Step;
}

/** A number of a cell that can be one; what cannot, is below zero, or larger than can be counted exactly, is undefined. */
export function numberIn(row: Row | undefined, column: string): number | undefined {
  const cell = row?.get(column)?.trim();
  if (cell === undefined || cell === '') return undefined;
  const value = Number(cell);
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

/** A count of a cell, 0 where there is none. */
export const countIn = (row: Row | undefined, column: string): number => Math.round(numberIn(row, column) ?? 0);

/** A share from 0 to 1; a ratio that cannot be one is undefined. */
export function shareIn(row: Row | undefined, column: string): number | undefined {
  const value = numberIn(row, column);
  return value === undefined || value > 1 ? undefined : value;
}

/** Reads rows that end in semicolons; one that does not fit the header cannot be told apart and is left out. */
function rowsOf(header: string, data: string): readonly Row[] {
  const columns = header.split(delimiter).map((column) => column.trim());
  return data
    .split(';')
    .filter((line) => line !== '')
    .map((line) => line.split(delimiter))
    .filter((cells) => cells.length === columns.length)
    .map((cells) => new Map(columns.map((column, index) => [column, cells[index] ?? ''])));
}

const seconds = (at: Instant): number => Math.floor(at / 1000);

function questionOf(type: number, { ids, span, step }: Asked) {
  return {
    reportType: new KalturaReportType(type),
    reportInputFilter: new ReportInputFilter({
      entryIdIn: ids.join(delimiter),
      fromDate: seconds(span.from),
      toDate: seconds(span.until),
      ...(step === undefined ? {} : { interval: new KalturaReportInterval(step) }),
    }),
    responseOptions: new ReportResponseOptions({ delimiter }),
  };
}

/** Asks for the one row of a report's totals; undefined when Kaltura has nothing. */
export const totalOf = (type: number, asked: Asked): Question<Row | undefined> => ({
  request: new ReportTotalAction(questionOf(type, asked)),
  schema: z.object({ header: text, data: text }).transform(({ header, data }) => rowsOf(header, data)[0]),
});

/** A page of a report's table and how many rows there are in all. */
export interface Table {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Asks for a page of a report's table; order is a column with - before it for the highest first. */
export const tableOf = (
  type: number,
  asked: Asked,
  page: { readonly size: number; readonly index?: number; readonly order: string },
): Question<Table> => ({
  request: new ReportTableAction({
    ...questionOf(type, asked),
    pager: new KalturaFilterPager({ pageSize: page.size, pageIndex: page.index ?? 1 }),
    order: page.order,
  }),
  schema: z.object({ header: text, data: text, totalCount: figure }).transform(({ header, data, totalCount }) => {
    const rows = rowsOf(header, data);
    return { rows, total: totalCount ?? rows.length };
  }),
});

/** The points of a report's graphs by the name of what they show, in order of time. */
export type Graphs = ReadonlyMap<string, readonly { readonly at: Instant; readonly value: number }[]>;

/** Seconds since 1970 that lie in this century; by days and months a graph counts otherwise. */
const isSeconds = (at: number): boolean => at > 946_684_800 && at < 4_102_444_800;

/** Reads pairs of time and value. */
function pointsOf(data: string): readonly { readonly at: Instant; readonly value: number }[] {
  return rowsOf(`time${delimiter}value`, data).flatMap((row) => {
    const at = numberIn(row, 'time');
    const value = numberIn(row, 'value');
    return at === undefined || !isSeconds(at) || value === undefined ? [] : [{ at: instant(at * 1000), value }];
  });
}

/** Asks for a report's graphs. */
export const graphsOf = (type: number, asked: Asked): Question<Graphs> => ({
  request: new ReportGraphsAction(questionOf(type, asked)),
  schema: z
    .array(z.object({ id: text, data: text }))
    .transform((graphs): Graphs => new Map(graphs.map(({ id, data }) => [id, pointsOf(data)]))),
});
