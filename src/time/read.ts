import type { Component, ParsedComponents } from 'chrono-node';
// The package's own index loads the words of every language it knows, which is a fifth of the program's start.
import { casual, GB } from 'chrono-node/en';
import { DateTime } from 'luxon';
import { type Instant, instant, type Zone } from '../core/webcast.js';
import { sayFull } from './say.js';

/** A moment understood from words, or the sentence that says why not. */
export type ReadTime =
  | { readonly kind: 'read'; readonly at: Instant; readonly clockOnly: boolean }
  | { readonly kind: 'unclear'; readonly problem: string };

const unclear = (problem: string): ReadTime => ({ kind: 'unclear', problem });

/** Understands natural words such as "tomorrow 15:00" or "in 10 minutes" as a person in that zone means them at that moment. */
export function readTime(words: string, zone: Zone, now: Instant): ReadTime {
  const text = words.trim();
  const reference = { instant: new Date(now), timezone: DateTime.fromMillis(now, { zone }).offset };
  // Dots are written between day and month where the day comes first.
  const parser = /\d{1,2}\.\d{1,2}\.\d{2,4}/.test(text) ? GB : casual;
  const [found, ...more] = parser.parse(text, reference, { forwardDate: true });
  const example = 'Write it like "tomorrow 15:00", "in 10 minutes" or "2026-12-01 09:30".';
  if (!found) return unclear(`I do not understand "${text.slice(0, 60)}" as a time. ${example}`);
  const left = text.replace(found.text, ' ').replace(/\b(at|on|the|o'?clock|uhr|um|sharp)\b|[,.;@]/gi, ' ');
  if (more.length > 0 || /[\p{L}\p{N}]/u.test(left)) {
    return unclear(`I understand "${found.text}" but not the rest of "${text.slice(0, 60)}". ${example}`);
  }
  if (found.end) return unclear(`"${text.slice(0, 60)}" is a span of time; give its start and its end apart.`);
  const { start } = found;
  if (!start.isCertain('hour') && !start.isCertain('minute')) {
    return unclear(`"${text.slice(0, 60)}" says no time of day. ${example}`);
  }
  // "in 10 minutes" and "15:00 UTC" carry their own offset; all other words are the wall clock of the zone.
  if (start.isCertain('timezoneOffset')) return { kind: 'read', at: instant(start.date().getTime()), clockOnly: false };
  return readWallClock(start, zone, now);
}

function readWallClock(start: ParsedComponents, zone: Zone, now: Instant): ReadTime {
  const part = (name: Component) => start.get(name) ?? 0;
  const wall = {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  };
  const clockOnly = !start.isCertain('day') && !start.isCertain('weekday') && !start.isCertain('month');
  let moment = DateTime.fromObject(wall, { zone });
  if (!moment.isValid) return unclear('There is no such date.');
  if (clockOnly && moment.toMillis() < now) moment = moment.plus({ days: 1 });
  if (moment.hour !== wall.hour || moment.minute !== wall.minute) {
    const asked = `${String(wall.hour).padStart(2, '0')}:${String(wall.minute).padStart(2, '0')}`;
    return unclear(
      `${asked} does not exist on that day in ${zone}, because the clocks go forward. The next time that exists is ${sayFull(instant(moment.toMillis()), zone)}.`,
    );
  }
  // When the clocks go back a wall time comes twice; the first of the two is meant, as calendars do it.
  const earlier = moment.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis())[0] ?? moment;
  return { kind: 'read', at: instant(earlier.toMillis()), clockOnly };
}
