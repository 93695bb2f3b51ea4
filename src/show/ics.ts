import type { CalendarFile, Edition } from '../core/calendar.js';
import type { Addresses } from '../core/ports.js';
import type { Instant } from '../core/webcast.js';

/** What a calendar file says beside the plan. */
export interface About {
  readonly addresses: Addresses;
  /** Where it can be watched; undefined while no page of the account shows it. */
  readonly watch: string | undefined;
  /** When it was found to be gone from Kaltura. */
  readonly gone: Instant | undefined;
}

/** Writes the calendar file of a webcast (RFC 5545, published by RFC 5546); undefined while it has no start. */
export function writeCalendar({ note, sequence, changedAt }: Edition, about: About): CalendarFile | undefined {
  const { start, end } = note;
  if (start === undefined) return undefined;
  const { gone, watch, addresses } = about;
  const stamp = gone ?? changedAt;
  const description = watch === undefined ? 'A Kaltura webcast.' : `A Kaltura webcast. Watch it here: ${watch}`;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//kaltura-webcast-bot//Webcast//EN',
    'METHOD:PUBLISH',
    // For calendars that follow the address; the second is Outlook's own name of it.
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    'BEGIN:VEVENT',
    `UID:${note.id}@${addresses.partnerId}.kaltura-webcast-bot`,
    `SEQUENCE:${sequence + (gone === undefined ? 0 : 1)}`,
    `DTSTAMP:${utc(stamp)}`,
    `LAST-MODIFIED:${utc(stamp)}`,
    `DTSTART:${utc(start)}`,
    ...(end === undefined ? [] : [`DTEND:${utc(end)}`]),
    `SUMMARY:${escapeValue(note.name)}`,
    `DESCRIPTION:${escapeValue(description)}`,
    ...(watch === undefined ? [] : [`URL:${watch}`]),
    `STATUS:${gone === undefined ? 'CONFIRMED' : 'CANCELLED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return { name: note.name, text: lines.map((line) => `${fold(line)}\r\n`).join(''), changedAt: stamp };
}

/** A moment as RFC 5545 writes it in UTC; it has no parts of seconds. */
const utc = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** Text as a value: one line without control characters, which some readers take for the end of a line. */
const escapeValue = (text: string): string =>
  text
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n?|[\n\v\f\u0085\u2028\u2029]/g, '\\n')
    .replace(/\p{Cc}/gu, ' ');

/** The most octets of a line without its end. */
const longest = 75;

/** Breaks a line after at most 75 octets and within no character; what follows begins with a space, which counts. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (octets + size > longest) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += sign;
    octets += size;
  }
  return folded;
}
