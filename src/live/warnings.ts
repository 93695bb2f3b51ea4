import type { Event } from '../core/events.js';
import type { Instant, WebcastNote } from '../core/webcast.js';
import { type Known, runs } from './known.js';

const minute = 60_000;
/** How far outside its planned time a show is open by mistake rather than early or late. */
const margin = 30 * minute;
/** When the encoder should send, before the start; later when the show was planned only shortly before. */
const encoderBy = 10 * minute;
const encoderByAtShortNotice = 2 * minute;
const shortNotice = 15 * minute;

interface Warned {
  readonly told: string[];
  readonly events: readonly Event[];
}

/** What only the organizer has to know, each once: see the events. asked says whether both paths were looked at. */
export function warnOf(known: Known, note: WebcastNote | undefined, asked: boolean, now: Instant): Warned {
  const told = [...known.told];
  const events: Event[] = [];
  const once = (key: string, event: Event) => {
    if (told.includes(key)) return;
    told.push(key);
    events.push(event);
  };

  const { broadcast } = known;
  if (
    runs(broadcast) &&
    broadcast.began <= now &&
    known.phase === 'live' &&
    isOutside(note, now) &&
    !wentLiveHere(note)
  )
    once(`open:${broadcast.number}`, { kind: 'open outside its time' });

  if (asked && known.backup === 'picture' && known.main !== 'picture' && known.main !== 'connecting') {
    const key = `backup:${known.webcast.connectedSince ?? 0}`;
    // The main path may be a moment late: the second look in a row counts.
    if (told.includes(`${key}?`)) once(key, { kind: 'backup only' });
    else told.push(`${key}?`);
  }

  const start = note?.start;
  const by = start === undefined || known.webcast.createdAt < start - shortNotice ? encoderBy : encoderByAtShortNotice;
  if (start !== undefined && now >= start - by && now < start + margin) {
    const sent = known.webcast.feed === 'picture' || known.webcast.feed === 'connecting';
    const wasOn = broadcast !== undefined && broadcast.began >= start - 60 * minute;
    if (!sent && !wasOn && known.phase !== 'interrupted') once(`encoder:${start}`, { kind: 'no encoder', start });
  }
  return { told, events };
}

const isOutside = (note: WebcastNote | undefined, now: Instant): boolean =>
  note?.start !== undefined && (now < note.start - margin || (note.end !== undefined && now > note.end + margin));

const wentLiveHere = (note: WebcastNote | undefined): boolean =>
  note?.liveSince !== undefined && note.endedAt === undefined;
