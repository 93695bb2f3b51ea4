import { type Event, eventSchema } from '../core/events.js';
import type { DueNotice, NoticeOutcome } from '../core/live.js';
import type { Platform } from '../core/ports.js';
import type { Subscription } from '../core/subscription.js';
import type { View } from '../core/view.js';
import { instant, type WebcastNote } from '../core/webcast.js';
import { noticeOf } from '../show/notice.js';
import { endOfQuiet } from '../time/quiet.js';
import { type Known, readKnown, runs } from './known.js';
import type { Sending } from './outbox.js';
import { stillReminds } from './remind.js';
import { standOfKnown } from './stand.js';
import { findSubscription } from './subscribed.js';

/** How long a reply waits for the card that it belongs under, in milliseconds, and how often it looks. */
const patience = 60_000;
const pause = 5000;

/** Makes the sender of notices: puts one into words as things stand now, and sends it where it belongs. */
export function createNoticeSender(sending: Sending): (platform: Platform, notice: DueNotice) => Promise<void> {
  const { store, clock, owner, kaltura } = sending;

  return async (platform, notice) => {
    const settle = (outcome: NoticeOutcome) => store.settleNotice(owner, notice.key, outcome);
    const event = eventSchema.parse(JSON.parse(notice.body));
    const known = readKnown(await store.known(notice.webcast));
    if (!known) return settle({ kind: 'dropped', reason: 'nothing is known of the webcast' });
    const [note] = await store.notes([notice.webcast]);
    const { to } = notice;
    const subscription =
      to.kind === 'person' ? undefined : await findSubscription(store, to.platform, to.place, known.webcast);
    if (to.kind !== 'person' && !isWanted(event, subscription))
      return settle({ kind: 'dropped', reason: 'it is not followed any more' });
    const stale = whyStale(event, known, note, isLast(event, subscription), clock.now());
    if (stale !== undefined) return settle({ kind: 'dropped', reason: stale });
    const quietUntil = canWait(event) && subscription?.quietHours && endOfQuiet(subscription.quietHours, clock.now());
    if (quietUntil) return settle({ kind: 'again', at: quietUntil, failed: false });
    const view = noticeOf(
      atThisMoment(event, clock.now()),
      standOfKnown(known, note, {
        addresses: kaltura.addresses,
        players: await kaltura.players(),
        calendarLink: sending.calendarLink,
      }),
    );
    return settle(await send(platform, notice, view));
  };

  async function send(platform: Platform, { to, webcast, due }: DueNotice, view: View): Promise<NoticeOutcome> {
    switch (to.kind) {
      case 'person':
        await platform.tell(to.tenant, to.person, view);
        return { kind: 'sent' };
      case 'channel':
        await sending.pass(platform, to.place, 'post');
        await platform.post(to.place, view);
        return { kind: 'sent' };
      case 'thread': {
        const message = await store.cardMessage(to.platform, to.place, webcast);
        const now = clock.now();
        if (message === undefined && now - due < patience)
          return { kind: 'again', at: instant(now + pause), failed: false };
        if (message === undefined) return { kind: 'dropped', reason: 'the channel has no card' };
        await sending.pass(platform, to.place, 'post');
        await platform.post(to.place, view, { tenant: to.place.tenant, channel: to.place.channel, message });
        return { kind: 'sent' };
      }
      default: {
        const never: never = to;
        return never;
      }
    }
  }
}

/** Whether the channel still follows the webcast, and wants this reminder; it may have changed its mind since. */
const isWanted = (event: Event, subscription: Subscription | undefined): boolean =>
  subscription !== undefined && (event.kind !== 'reminder' || subscription.reminders.includes(event.lead));

/** Whether this is the reminder after which no other comes. */
const isLast = (event: Event, subscription: Subscription | undefined): boolean =>
  event.kind === 'reminder' && event.lead === Math.min(...(subscription?.reminders ?? []));

/** Whether a notice may wait until the quiet hours are over; trouble on air is told to the crew at any hour. */
function canWait(event: Event): boolean {
  switch (event.kind) {
    case 'reminder':
    case 'moved':
    case 'ended':
    case 'recording ready':
    case 'recording late':
      return true;
    case 'went live':
    case 'lost':
    case 'returned':
    case 'returned to preview':
    case 'open outside its time':
    case 'backup only':
    case 'no encoder':
      return false;
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** A reminder that is late says how much time there still is. */
function atThisMoment(event: Event, now: number): Event {
  if (event.kind !== 'reminder') return event;
  const left = Math.round((event.start - now) / 60_000);
  return event.lead - left > 1 ? { ...event, lead: left } : event;
}

/** Why a notice is not true any more when its turn has come; undefined while it is. */
function whyStale(
  event: Event,
  known: Known,
  note: WebcastNote | undefined,
  last: boolean,
  now: number,
): string | undefined {
  switch (event.kind) {
    case 'lost':
      return known.broadcast?.gap?.since === event.since ? undefined : 'the picture is back';
    case 'returned to preview':
      return known.phase === 'preview' ? undefined : 'it is not in preview any more';
    case 'no encoder':
      return known.webcast.feed === 'none' && note?.start === event.start
        ? undefined
        : 'the encoder came, or the show moved';
    case 'reminder':
      return stillReminds(event, note, runs(known.broadcast), last, instant(now))
        ? undefined
        : 'the show moved, or has begun';
    case 'moved':
      return note?.start === event.start && note.end === event.end ? undefined : 'it was moved again';
    case 'went live':
    case 'returned':
    case 'ended':
    case 'recording ready':
    case 'recording late':
    case 'open outside its time':
    case 'backup only':
      return undefined;
    default: {
      const never: never = event;
      return never;
    }
  }
}
