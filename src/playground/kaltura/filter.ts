import { ApiError } from './errors.js';
import { type Fields, int, members, text, type Value } from './values.js';

const MAX_PAGE = 500;
const DEFAULT_PAGE = 30;
const MAX_MATCHES = 10_000;

type Test = (object: Fields) => boolean;

const words = (value: string) => value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const tagsOf = (object: Fields, name: string) => members(text(object, name)).map((tag) => tag.toLowerCase());
const wordsOf = (object: Fields, name: string) => new Set(words(text(object, name) ?? ''));
const isTags = (name: string) => /tags$/i.test(name);

function hasWords(object: Fields, name: string, wanted: string[]): boolean {
  const present = wordsOf(object, name);
  return wanted.every((word) => present.has(word));
}

/** What the end of a filter property's name asks of the property before it; longer ends come first. */
const OPERATORS: [suffix: string, build: (name: string, wanted: Value) => Test][] = [
  ['NotEqual', (name, wanted) => (object) => text(object, name) !== String(wanted)],
  ['NotIn', (name, wanted) => negate(buildIn(name, wanted))],
  ['In', (name, wanted) => buildIn(name, wanted)],
  ['GreaterThanOrEqual', (name, wanted) => (object) => (int(object, name) ?? 0) >= Number(wanted)],
  ['GreaterThan', (name, wanted) => (object) => (int(object, name) ?? 0) > Number(wanted)],
  ['LessThanOrEqualOrNull', (name, wanted) => (object) => (int(object, name) ?? 0) <= Number(wanted)],
  [
    'LessThanOrEqual',
    (name, wanted) => (object) => object[name] !== undefined && (int(object, name) ?? 0) <= Number(wanted),
  ],
  ['LessThan', (name, wanted) => (object) => object[name] !== undefined && (int(object, name) ?? 0) < Number(wanted)],
  ['MultiLikeOr', (name, wanted) => buildMultiLike(name, wanted, 'some')],
  ['MultiLikeAnd', (name, wanted) => buildMultiLike(name, wanted, 'every')],
  ['MatchOr', (name, wanted) => buildMatch(name, wanted, 'some')],
  ['MatchAnd', (name, wanted) => buildMatch(name, wanted, 'every')],
  ['Equal', (name, wanted) => (object) => (readText(object, name) ?? '') === String(wanted)],
  ['Like', (name, wanted) => (object) => hasWords(object, name, words(String(wanted)))],
];

function readText(object: Fields, name: string): string | undefined {
  const value = object[name];
  if (typeof value === 'boolean') return value ? '1' : '0';
  return text(object, name);
}

const negate =
  (test: Test): Test =>
  (object) =>
    !test(object);

function buildIn(name: string, wanted: Value): Test {
  const allowed = new Set(members(String(wanted)));
  return (object) => allowed.has(readText(object, name) ?? '');
}

function buildMultiLike(name: string, wanted: Value, how: 'some' | 'every'): Test {
  const parts = members(String(wanted)).map((one) => one.toLowerCase());
  if (!isTags(name)) return (object) => parts[how]((one) => hasWords(object, name, words(one)));
  return (object) => {
    const tags = tagsOf(object, name);
    return parts[how]((one) => tags.includes(one));
  };
}

function buildMatch(name: string, wanted: Value, how: 'some' | 'every'): Test {
  const parts = members(String(wanted));
  return (object) => {
    const present = members(text(object, name)).map((one) => one.toLowerCase());
    return parts[how]((one) => present.includes(one.toLowerCase()) || hasWords(object, name, words(one)));
  };
}

/** Builds the test of one filter property such as `statusIn` or `createdAtGreaterThanOrEqual`; undefined when it is none. */
function buildTest(property: string, wanted: Value): Test | undefined {
  for (const [suffix, build] of OPERATORS) {
    if (property.endsWith(suffix) && property.length > suffix.length)
      return build(property.slice(0, -suffix.length), wanted);
  }
  return undefined;
}

/** Builds the test of a whole filter; `own` answers the properties that mean something else. */
export function buildFilter(filter: Fields, own: Record<string, (wanted: Value) => Test | undefined> = {}): Test {
  const tests: Test[] = [];
  for (const [property, wanted] of Object.entries(filter)) {
    if (property === 'objectType' || property === 'orderBy' || wanted === undefined || wanted === null) continue;
    const special = own[property];
    const test = special ? special(wanted) : buildTest(property, wanted);
    if (test) tests.push(test);
  }
  return (object) => tests.every((test) => test(object));
}

/** Compares two objects by an `orderBy` such as `-createdAt,+name`; undefined when it names no known property. */
export function buildOrder(
  orderBy: string | undefined,
  known: Set<string>,
): ((a: Fields, b: Fields) => number) | undefined {
  const keys = members(orderBy)
    .filter((key) => /^[+-]/.test(key) && known.has(key.slice(1)))
    .map((key) => ({ name: key.slice(1), sign: key.startsWith('-') ? -1 : 1 }));
  if (keys.length === 0) return undefined;
  return (a, b) => {
    for (const { name, sign } of keys) {
      const order = compareValues(a[name], b[name]);
      if (order !== 0) return sign * order;
    }
    return 0;
  };
}

function compareValues(a: Value | undefined, b: Value | undefined): number {
  if (typeof a === 'string' || typeof b === 'string') {
    const [left, right] = [String(a ?? '').toLowerCase(), String(b ?? '').toLowerCase()];
    return left < right ? -1 : Number(left > right);
  }
  return Number(a ?? 0) - Number(b ?? 0);
}

/** Cuts one page out of a list. A page size of 0 or below means everything, above 500 means 500. */
export function cutPage<T>(list: T[], pager: Fields | undefined): T[] {
  const size = (pager && int(pager, 'pageSize')) ?? DEFAULT_PAGE;
  const index = Math.max(1, (pager && int(pager, 'pageIndex')) ?? 1);
  if (size <= 0) return list;
  const length = Math.min(size, MAX_PAGE);
  const start = (index - 1) * length;
  if (start >= MAX_MATCHES) throw new ApiError('QUERY_EXCEEDED_MAX_MATCHES_ALLOWED');
  return list.slice(start, start + length);
}

/** Makes the answer of a list action. */
export function listResponse(type: string, totalCount: number, objects: Fields[]): Fields {
  return { totalCount, objects, objectType: type };
}
