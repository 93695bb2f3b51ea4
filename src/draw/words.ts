/** What the fonts hold: Latin, Greek and Cyrillic letters, and the signs that go with them. */
const known =
  /^[\u0020-\u007e\u00a0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20a0-\u20bf]*$/;

/** Words for a picture, on one line; none where the fonts lack a letter, since boxes say less than no words. */
export function drawable(text: string, longest: number): string {
  const words = text.replace(/\s+/g, ' ').trim();
  if (!known.test(words)) return '';
  return words.length <= longest ? words : `${words.slice(0, longest - 1).trimEnd()}…`;
}

const day = 24 * 60 * 60_000;

/** A moment of a curve of that many milliseconds, in UTC: "14:05", or "23 Nov 14:05" where days matter. */
export function sayMoment(at: number, length: number): string {
  const clock = new Date(at).toISOString().slice(11, 16);
  return length <= day ? clock : `${sayShortDay(at)} ${clock}`;
}

/** The same for the axis, where the days of a long curve stand by themselves. */
export function sayTick(at: number, length: number): string {
  const startsDay = at % day === 0;
  return length > 4 * day || (length > day && startsDay) ? sayShortDay(at) : sayMoment(at, length);
}

const sayShortDay = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** The day of a moment in UTC, such as "23 Nov 2026". */
export const sayDay = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A value as people read it: "1,234", and "1.2M" from a million on. */
export function sayValue(value: number): string {
  const large = Math.abs(value) >= 1_000_000;
  return value.toLocaleString('en-US', { maximumFractionDigits: 2, notation: large ? 'compact' : 'standard' });
}
