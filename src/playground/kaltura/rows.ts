import type { Account } from './account.js';
import { buildFilter, buildOrder, cutPage, listResponse } from './filter.js';
import { propertiesOf } from './schema.js';
import type { TableName } from './store.js';
import { type Fields, part, text, type Value } from './values.js';

/** How a list action differs from the plain one. */
export interface ListOptions {
  /** Rows it may see at all. */
  visible?: (row: Fields) => boolean;
  /** Filter properties that do not ask for a property of the same name. */
  own?: Record<string, (wanted: Value) => ((row: Fields) => boolean) | undefined>;
  /** How a row is answered. */
  describe?: (row: Fields) => Fields;
  /** The order without an orderBy. */
  order?: (a: Fields, b: Fields) => number;
}

const orderable = new Map<string, Set<string>>();

function orderableOf(type: string): Set<string> {
  const known = orderable.get(type) ?? new Set(propertiesOf(type).map(({ name }) => name));
  orderable.set(type, known);
  return known;
}

/** Answers a list action over one table: its filter, its order, one page. `type` is the class of a row. */
export function listRows(
  account: Account,
  table: TableName,
  type: string,
  args: Fields,
  options: ListOptions = {},
): Fields {
  const filter = part(args, 'filter') ?? {};
  const test = buildFilter(filter, options.own);
  const found = [...account.store.table(table).values()].filter((row) => (options.visible?.(row) ?? true) && test(row));
  const order = buildOrder(text(filter, 'orderBy'), orderableOf(type)) ?? options.order;
  if (order) found.sort(order);
  const page = cutPage(found, part(args, 'pager')).map((row) =>
    options.describe ? options.describe(row) : { ...row },
  );
  return listResponse(`${type}ListResponse`, found.length, page);
}

/** Compares rows by a property, as text. */
export function byText(name: string): (a: Fields, b: Fields) => number {
  return (a, b) => {
    const [left, right] = [text(a, name) ?? '', text(b, name) ?? ''];
    return left < right ? -1 : Number(left > right);
  };
}

/** Compares rows by a property, as numbers. */
export function byNumber(name: string): (a: Fields, b: Fields) => number {
  return (a, b) => Number(a[name] ?? 0) - Number(b[name] ?? 0);
}
