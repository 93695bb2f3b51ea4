import type { EventPlan } from '../core/eventdata.js';
import { type EntryId, type Instant, instant, readZone } from '../core/webcast.js';
import { type EventLook, standingOf } from './eventlook.js';
import { eventOf } from './eventquestions.js';
import { timesOf } from './eventxml.js';

/**
 * The times that Kaltura's own tools have planned a webcast for: its event in the schedule says them, or else the portal's
 * metadata; none where the last of them is past, as of a show that was before.
 */
export function timesIn(id: EntryId, seen: EventLook, now: Instant): Omit<EventPlan, 'name'> | undefined {
  const portal = timesOf(standingOf(seen, 'portal').elements);
  const event = eventOf(id, seen.schedule ?? []);
  const { start, end } = event ? { start: event.startDate, end: event.endDate } : portal;
  if (start === undefined || (end ?? start) <= now || (end !== undefined && end <= start)) return undefined;
  return { start: instant(start), end: end === undefined ? undefined : instant(end), zone: readZone(portal.zone) };
}
