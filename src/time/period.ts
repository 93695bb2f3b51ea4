import { casual, GB } from 'chrono-node/en';
import { DateTime } from 'luxon';
import { type Instant, instant, type Zone } from '../core/webcast.js';

/** A stretch of past time understood from words, or the sentence that says why not. */
export type ReadPeriod =
  | { readonly kind: 'read'; readonly from: Instant; readonly until: Instant }
  | { readonly kind: 'unclear'; readonly problem: string };

const day = 24 * 3_600_000;
/** Days that reports can reasonably be asked for at once. */
const mostDays = 366;
const example = 'Write it like "today", "7d", "2026-11-01" or "2026-11-01..2026-11-07".';

const unclear = (problem: string): ReadPeriod => ({ kind: 'unclear', problem });

/** Days back from now, which mean the same in every zone: "7d", "last 30 days", "24h". */
export function readDaysBack(words: string, now: Instant): ReadPeriod | undefined {
  const found = /^(?:the )?(?:last |past )?(\d{1,4}) ?(d|days?|h|hours?)$/i.exec(words.trim());
  if (!found) return undefined;
  const length = Number(found[1]) * (found[2]?.toLowerCase().startsWith('h') ? 3_600_000 : day);
  if (length === 0) return unclear(`"${words}" is no time at all. ${example}`);
  if (length > mostDays * day) return unclear(`"${words}" is more than a year. ${example}`);
  return { kind: 'read', from: instant(now - length), until: now };
}

/** Understands a day, or two with ".." or "to" between them, as whole days of the zone; what lies ahead is cut off at now. */
export function readPeriod(words: string, zone: Zone, now: Instant): ReadPeriod {
  const text = words.trim();
  const short = text.slice(0, 60);
  const [first = '', last = first, ...more] = text.split(/\s*\.\.\s*|\s+(?:to|until)\s+/i);
  if (more.length > 0) return unclear(`"${short}" has more than two ends. ${example}`);
  const from = readDay(first, zone, now);
  const end = readDay(last, zone, now);
  if (!from || !end) {
    return unclear(`I do not understand "${(from ? last : first).slice(0, 60)}" as a day. ${example}`);
  }
  if (end < from) return unclear(`"${short}" ends before it begins.`);
  if (from.toMillis() > now) return unclear(`"${short}" has not begun yet.`);
  // A day has 23 or 25 hours when the clocks change, so the next one is asked for, not counted.
  const until = end.plus({ days: 1 });
  if (until.diff(from, 'days').days > mostDays) return unclear(`"${short}" is more than a year.`);
  return { kind: 'read', from: instant(from.toMillis()), until: instant(Math.min(until.toMillis(), now)) };
}

/** The beginning of a day that is written as 2026-11-01, or in words such as "yesterday" and "1 November". */
function readDay(words: string, zone: Zone, now: Instant): DateTime | undefined {
  const text = words.trim();
  const exact = /^\d{4}-\d{2}-\d{2}$/.test(text) ? DateTime.fromISO(text, { zone }) : undefined;
  if (exact) return exact.isValid ? exact.startOf('day') : undefined;
  const reference = { instant: new Date(now), timezone: DateTime.fromMillis(now, { zone }).offset };
  const parser = /\d{1,2}\.\d{1,2}\./.test(text) ? GB : casual;
  const [found, ...more] = parser.parse(text, reference);
  if (!found || more.length > 0 || found.end || found.text.length < text.length) return undefined;
  const { start } = found;
  if (start.isCertain('hour') || start.isCertain('minute') || start.isCertain('timezoneOffset')) return undefined;
  const [year, month, date] = [start.get('year'), start.get('month'), start.get('day')];
  if (year === null || month === null || date === null) return undefined;
  const read = DateTime.fromObject({ year, month, day: date }, { zone });
  return read.isValid ? read.startOf('day') : undefined;
}
