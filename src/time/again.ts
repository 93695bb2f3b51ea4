import { DateTime } from 'luxon';
import { type Instant, instant, type Zone } from '../core/webcast.js';

/** The same again in a later month. */
export interface Again {
  readonly at: Instant;
  /** Which day that is, such as "the second Tuesday of December". */
  readonly words: string;
  /** Whether the clocks go forward over that time of day, so that it is a later one. */
  readonly shifted: boolean;
}

const ordinals = ['first', 'second', 'third', 'fourth'] as const;

/**
 * The same weekday of the next month at the same time of day in the zone, as people mean "every second Tuesday"; a fifth
 * one is meant as the last. Months are passed over until it lies after now.
 */
export function nextMonth(at: Instant, zone: Zone, now: Instant): Again {
  const from = DateTime.fromMillis(at, { zone, locale: 'en-GB' });
  const place = Math.ceil(from.day / 7);
  const gap = Math.floor(DateTime.fromMillis(now, { zone }).diff(from, 'months').months);
  for (let months = Math.max(1, gap); ; months += 1) {
    const month = from.startOf('month').plus({ months });
    const first = 1 + ((from.weekday - month.weekday + 7) % 7);
    const count = Math.floor(((month.daysInMonth ?? 28) - first) / 7) + 1;
    const day = first + 7 * (Math.min(place, count) - 1);
    const { hour, minute, second, millisecond } = from;
    const moment = DateTime.fromObject(
      { year: month.year, month: month.month, day, hour, minute, second, millisecond },
      { zone, locale: 'en-GB' },
    );
    // When the clocks go back a time of day comes twice; the first of the two is meant, as calendars do it.
    const found = moment.getPossibleOffsets().sort((one, other) => one.toMillis() - other.toMillis())[0] ?? moment;
    if (found.toMillis() <= now) continue;
    const which = ordinals[place - 1] ?? 'last';
    return {
      at: instant(found.toMillis()),
      words: `the ${which} ${from.toFormat('cccc')} of ${found.toFormat('LLLL')}`,
      shifted: found.hour !== hour || found.minute !== minute,
    };
  }
}
