import { DateTime } from 'luxon';
import type { Instant, Zone } from '../core/webcast.js';

/** A moment in full, for echoing back what was understood: "Monday 23 November 2026, 15:00 (Europe/Berlin, UTC+1)". */
export function sayFull(at: Instant, zone: Zone): string {
  const moment = DateTime.fromMillis(at, { zone, locale: 'en-GB' });
  return `${moment.toFormat('cccc d LLLL yyyy, HH:mm')} (${zone}, UTC${moment.toFormat('Z')})`;
}

/** A length of time in words: "1 h 30 min", "12 min", "2 min 5 s"; takes milliseconds. */
export function sayLength(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 || minutes >= 10 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
