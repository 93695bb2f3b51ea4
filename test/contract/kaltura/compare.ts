import { readKs } from '../../../src/playground/kaltura/ks.js';
import { isFields, type Value } from '../../../src/playground/kaltura/values.js';

/** One place where an answer differs. */
export interface Difference {
  path: string;
  expected: unknown;
  actual: unknown;
}

/** What a comparison must know: secrets to read sessions with. */
export interface Comparison {
  /** What was made before this second was there from the first day; when is of no matter. */
  startsAt: number;
  secretOf: (partnerId: number) => string | undefined;
}

/** Clocks of two programs agree to this many seconds. */
const TOLERANCE = 2;
const DAY = 86_400;
const FIRST_TIME = 1_700_000_000;
const LAST_TIME = 1_900_000_000;

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value > FIRST_TIME && value < LAST_TIME;
const POLL = /^SINGLE_ANONYMOUS-[0-9a-f]{64}-\d+$/;
const NODE_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/;

function areSameTimes(expected: number, actual: number, { startsAt }: Comparison): boolean {
  if (expected < startsAt && expected > startsAt - DAY && actual <= startsAt + TOLERANCE) return true;
  return Math.abs(expected - actual) <= TOLERANCE;
}

function areSameTexts(expected: string, actual: string, { secretOf }: Comparison): boolean {
  if (expected === actual) return true;
  if (expected.startsWith('djJ8')) return areSameSessions(expected, actual, secretOf);
  if (POLL.test(expected)) return POLL.test(actual);
  if (NODE_TIME.test(expected)) return Math.abs(readNodeTime(expected) - readNodeTime(actual)) <= TOLERANCE;
  return areSameButTimes(expected, actual);
}

function readNodeTime(value: string): number {
  return Date.parse(value.replace(NODE_TIME, '$1T$2Z')) / 1000;
}

function areSameButTimes(expected: string, actual: string): boolean {
  const times = /1[78]\d{8}/g;
  const [left, right] = [expected.match(times) ?? [], actual.match(times) ?? []];
  if (left.length === 0 || expected.replace(times, '') !== actual.replace(times, '')) return false;
  return left.every((time, index) => Math.abs(Number(time) - Number(right[index])) <= TOLERANCE);
}

function areSameSessions(
  expected: string,
  actual: string,
  secretOf: (partnerId: number) => string | undefined,
): boolean {
  const [left, right] = [readKs(expected, secretOf), readKs(actual, secretOf)];
  if (!left || !right) return false;
  const { expiry: first, ...rest } = left;
  const { expiry: second, ...other } = right;
  return Math.abs(first - second) <= TOLERANCE && JSON.stringify(rest) === JSON.stringify(other);
}

/** Compares an answer with the recorded one: shape, types, codes, values; times and sessions by what they mean. */
export function compare(
  expected: Value | undefined,
  actual: Value | undefined,
  how: Comparison,
  path = '',
): Difference[] {
  const differs = (): Difference[] => [{ path, expected, actual }];
  if (Array.isArray(expected)) return Array.isArray(actual) ? compareLists(expected, actual, how, path) : differs();
  if (isFields(expected)) {
    if (typeof expected.$text === 'number') return typeof actual === 'string' && actual !== '' ? [] : differs();
    if (!isFields(actual)) return differs();
    return [...new Set([...Object.keys(expected), ...Object.keys(actual)])].flatMap((key) =>
      compare(expected[key], actual[key], how, path === '' ? key : `${path}.${key}`),
    );
  }
  if (isTime(expected) && isTime(actual)) return areSameTimes(expected, actual, how) ? [] : differs();
  if (typeof expected === 'string' && typeof actual === 'string')
    return areSameTexts(expected, actual, how) ? [] : differs();
  return expected === actual ? [] : differs();
}

function compareLists(expected: Value[], actual: Value[], how: Comparison, path: string): Difference[] {
  const last = expected.at(-1);
  const more = isFields(last) && typeof last.$more === 'number' ? last.$more : 0;
  const shown = more > 0 ? expected.slice(0, -1) : expected;
  const length = shown.length + more;
  if (actual.length !== length) return [{ path: `${path}.length`, expected: length, actual: actual.length }];
  return shown.flatMap((item, index) => compare(item, actual[index], how, `${path}.${index}`));
}
