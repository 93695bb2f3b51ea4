import { type Event, eventSchema } from '../core/events.js';
import type { Notice } from '../core/live.js';
import { longestReminder, mostSpecific, type Subscription } from '../core/subscription.js';
import { type Instant, instant, type WebcastNote } from '../core/webcast.js';
import { nameOf } from './tell.js';

const minute = 60_000;
/** How far ahead reminders are written down: looks at what is idle lie not further apart. */
const horizon = 12 * minute;

/** Whether any reminder of this webcast can be due before the next look. */
export const mayRemind = (
  note: WebcastNote | undefined,
  now: Instant,
): note is WebcastNote & { readonly start: Instant } =>
  note?.start !== undefined && note.start > now && note.start - now < longestReminder * minute + horizon;

/**
 * The reminders that fell due since the last look, or will before the next one; what was due before a webcast was
 * planned or moved is past, and a show that moved a little is not reminded of twice.
 */
export function remindersOf(
  note: WebcastNote & { readonly start: Instant },
  subscribers: readonly Subscription[],
  sent: readonly { readonly key: string; readonly body: string }[],
  lookedAt: Instant | undefined,
  now: Instant,
): Notice[] {
  const { id, start } = note;
  return mostSpecific(subscribers).flatMap(({ platform, place, reminders, mention }) => {
    const to = { kind: 'channel' as const, platform, place };
    return reminders.flatMap((lead): Notice[] => {
      const due = instant(start - lead * minute);
      const near = due > Math.min(lookedAt ?? now, now) && due <= now + horizon && !isTooLate(due, lead, now);
      if (!near || sent.some(({ key, body }) => wasSaid(key, body, nameOf(to), lead, start))) return [];
      const last = lead === Math.min(...reminders);
      const event: Event = { kind: 'reminder', start, lead, mention: last ? mention : undefined };
      const key = `reminder:${id}:${start}:${lead}:${nameOf(to)}`;
      return [{ key, webcast: id, to, body: JSON.stringify(event), due }];
    });
  });
}

/** A reminder that comes much later than it should says what a later one says better. */
const isTooLate = (due: Instant, lead: number, now: Instant): boolean => now - due > (lead * minute) / 2;

/** Whether this channel was reminded with this lead of nearly the same start. */
function wasSaid(key: string, body: string, to: string, lead: number, start: Instant): boolean {
  if (!key.endsWith(`:${lead}:${to}`)) return false;
  const said = eventSchema.parse(JSON.parse(body));
  return said.kind === 'reminder' && Math.abs(said.start - start) < (lead * minute) / 4;
}

/** Whether a reminder is still true when it goes out: the show was not moved, is not on air, and no later one says it better. */
export function stillReminds(
  event: Extract<Event, { kind: 'reminder' }>,
  note: WebcastNote | undefined,
  onAir: boolean,
  isLast: boolean,
  now: Instant,
): boolean {
  const due = instant(event.start - event.lead * minute);
  const outdone = !isLast && isTooLate(due, event.lead, now);
  return note?.start === event.start && !onAir && now < event.start && !outdone;
}
