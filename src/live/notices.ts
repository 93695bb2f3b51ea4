import { type Event, eventSchema } from '../core/events.js';
import type { DueNotice, NoticeOutcome } from '../core/live.js';
import type { Platform } from '../core/ports.js';
import type { View } from '../core/view.js';
import { instant, type WebcastNote } from '../core/webcast.js';
import { noticeOf } from '../show/notice.js';
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
  const { store, clock, owner } = sending;

  return async (platform, notice) => {
    const settle = (outcome: NoticeOutcome) => store.settleNotice(owner, notice.key, outcome);
    const event = eventSchema.parse(JSON.parse(notice.body));
    const known = readKnown(await store.known(notice.webcast));
    if (!known) return settle({ kind: 'dropped', reason: 'nothing is known of the webcast' });
    const [note] = await store.notes([notice.webcast]);
    const stale = whyStale(event, known, note, clock.now());
    if (stale !== undefined) return settle({ kind: 'dropped', reason: stale });
    if (!(await isWanted(notice, event, known)))
      return settle({ kind: 'dropped', reason: 'it is not followed any more' });
    const view = noticeOf(atThisMoment(event, clock.now()), standOfKnown(known, note, await sending.screen()));
    return settle(await send(platform, notice, view));
  };

  /** Whether the channel still follows the webcast, and wants this reminder; it may have changed its mind since. */
  async function isWanted({ to }: DueNotice, event: Event, known: Known): Promise<boolean> {
    if (to.kind === 'person') return true;
    const subscription = await findSubscription(store, to.platform, to.place, known.webcast);
    return subscription !== undefined && (event.kind !== 'reminder' || subscription.reminders.includes(event.lead));
  }

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

/** A reminder that is late says how much time there still is. */
function atThisMoment(event: Event, now: number): Event {
  if (event.kind !== 'reminder') return event;
  const left = Math.round((event.start - now) / 60_000);
  return event.lead - left > 1 ? { ...event, lead: left } : event;
}

/** Why a notice is not true any more when its turn has come; undefined while it is. */
function whyStale(event: Event, known: Known, note: WebcastNote | undefined, now: number): string | undefined {
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
      return stillReminds(event, note, runs(known.broadcast), instant(now))
        ? undefined
        : 'the show moved, or has begun';
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
