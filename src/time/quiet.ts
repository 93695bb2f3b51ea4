import { DateTime } from 'luxon';
import type { QuietHours, Subscription } from '../core/subscription.js';
import { type Instant, instant, readZone, type Zone } from '../core/webcast.js';

const minute = 60_000;

/** When the quiet hours that this moment lies in are over; undefined when it lies in none. */
export function endOfQuiet({ from, to, zone }: QuietHours, at: Instant): Instant | undefined {
  const today = DateTime.fromMillis(at, { zone }).startOf('day');
  for (const begins of [today, today.minus({ days: 1 })]) {
    const end = firstShown(to > from ? begins : begins.plus({ days: 1 }), to);
    if (at >= firstShown(begins, from) && at < end) return end;
  }
  return undefined;
}

/**
 * The first moment of a day at which the clocks show this minute, or have leapt over it; of an hour that comes twice
 * the first is meant, as everywhere.
 */
function firstShown(day: DateTime, minutes: number): Instant {
  const wall = { hour: Math.floor(minutes / 60), minute: minutes % 60 };
  const shown = day.set(wall);
  if (shown.hour !== wall.hour || shown.minute !== wall.minute) return leapBefore(shown);
  return instant(Math.min(...shown.getPossibleOffsets().map((one) => one.toMillis())));
}

/** The moment at which the clocks took on the offset that this one has; it is less than a day before. */
function leapBefore(after: DateTime): Instant {
  let before = after.minus({ hours: 24 }).toMillis();
  let leapt = after.toMillis();
  while (leapt - before > minute) {
    const middle = Math.floor((before + leapt) / 2 / minute) * minute;
    if (DateTime.fromMillis(middle, { zone: after.zone }).offset === after.offset) leapt = middle;
    else before = middle;
  }
  return instant(leapt);
}

/** Whom news calls at a moment; in quiet hours it is told, and calls nobody. */
export function callAt(
  rule: Pick<Subscription, 'mention' | 'quietHours'> | undefined,
  at: Instant,
): Subscription['mention'] {
  if (rule?.quietHours && endOfQuiet(rule.quietHours, at) !== undefined) return undefined;
  return rule?.mention;
}

/** Quiet hours understood from words, or what is wrong with them. */
export type ReadQuiet =
  | { readonly kind: 'read'; readonly quietHours: QuietHours | undefined }
  | { readonly kind: 'zone needed' }
  | { readonly kind: 'unclear'; readonly problem: string };

const unclear = (problem: string): ReadQuiet => ({ kind: 'unclear', problem });
const example = 'Quiet hours are written like 22:00-07:00, with a zone such as 22:00-07:00/Europe/Berlin, or off.';

/** Reads "22:00-07:00", with a zone after a slash, or "off"; without a zone they are meant in the person's own. */
export function readQuiet(words: string, own: Zone | undefined): ReadQuiet {
  if (/^\s*(?:off|none|no)\s*$/i.test(words)) return { kind: 'read', quietHours: undefined };
  const found =
    /^\s*(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|to)\s*(\d{1,2})(?:[:.](\d{2}))?\s*(?:[/\s]\s*(\S+))?\s*$/i.exec(words);
  const [from, to] = [minutesOf(found?.[1], found?.[2]), minutesOf(found?.[3], found?.[4])];
  if (from === undefined || to === undefined) return unclear(example);
  if (from === to) return unclear('Quiet hours end at another time than they begin.');
  const zone = found?.[5] === undefined ? own : readZone(found[5]);
  if (zone) return { kind: 'read', quietHours: { from, to, zone } };
  if (found?.[5] === undefined) return { kind: 'zone needed' };
  return unclear(`"${found[5].slice(0, 60)}" is no time zone. ${example}`);
}

/** Minutes after midnight; 24:00 is midnight. */
function minutesOf(hours = '', minutes = '0'): number | undefined {
  const all = Number(hours) * 60 + Number(minutes);
  return hours === '' || Number(minutes) > 59 || all > 1440 ? undefined : all % 1440;
}

/** Quiet hours in words: "22:00 to 07:00 (Europe/Berlin)". */
export function sayQuiet({ from, to, zone }: QuietHours): string {
  return `${sayClock(from)} to ${sayClock(to)} (${zone})`;
}

/** Quiet hours as they are typed: "22:00-07:00/Europe/Berlin". */
export const writeQuiet = ({ from, to, zone }: QuietHours): string => `${sayClock(from)}-${sayClock(to)}/${zone}`;

const sayClock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
