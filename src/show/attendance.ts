import type { Attendee } from '../core/numbers.js';
import type { FileNode } from '../core/view.js';
import type { Instant, Zone } from '../core/webcast.js';
import { csvFile, dayOf, safeName, writeCsv } from './csv.js';

const columns = ['User', 'Name', 'Plays', 'Minutes', 'Live minutes'] as const;

/** Who watched as a CSV file (RFC 4180, UTF-8 with a byte order mark) named after the webcast and its day. */
export const attendanceFile = (
  name: string,
  began: Instant,
  zone: Zone | undefined,
  attendees: readonly Attendee[],
): FileNode => csvFile(`attendance-${safeName(name)}-${dayOf(began, zone)}`, writeAttendance(attendees));

/** The attendance list as CSV: lines end with CR LF, and no cell can be taken for a formula. */
export function writeAttendance(attendees: readonly Attendee[]): string {
  const rows = attendees.map(({ user, name, plays, minutes, liveMinutes }) => [
    user ?? 'not signed in',
    name,
    String(plays),
    String(minutes),
    String(liveMinutes),
  ]);
  return writeCsv([columns, ...rows]);
}
