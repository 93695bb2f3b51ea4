import { type Event, isStanding, noticeBodySchema, type Standing } from '../core/events.js';
import type { HealthChange } from '../core/health.js';
import type { DueNotice, NoticeOutcome } from '../core/live.js';
import type { Platform } from '../core/ports.js';
import type { Subscription } from '../core/subscription.js';
import type { View } from '../core/view.js';
import { instant, type WebcastNote } from '../core/webcast.js';
import { noticeOf } from '../show/notice.js';
import { endOfQuiet } from '../time/quiet.js';
import { createBringer } from './bring.js';
import { createHandOverSender } from './handover.js';
import { isGone, type Known, readKnown, runs } from './known.js';
import { createOpennessSender } from './openness.js';
import { createQuestionSender } from './questions.js';
import { stillReminds } from './remind.js';
import { createReportSender } from './reports.js';
import type { Sending } from './sending.js';
import { createSnapshotSender } from './snapshots.js';
import { standOfKnown } from './stand.js';
import { findSubscription } from './subscribed.js';

/** Puts what is to be told into words, and brings it where it belongs. */
export interface NoticeSender {
  send(platform: Platform, notice: DueNotice): Promise<void>;
  /** Resolves when nothing is asked of Kaltura for a notice. */
  idle(): Promise<void>;
}

/** Makes the sender of notices: puts one into words as things stand now, and sends it where it belongs. */
export function createNoticeSender(sending: Sending): NoticeSender {
  const { store, clock, owner } = sending;
  const bringer = createBringer(sending);
  const sendSnapshot = createSnapshotSender(sending, bringer);
  const reports = createReportSender(sending, bringer);
  const handOvers = createHandOverSender(sending, bringer);
  const openness = createOpennessSender(sending, bringer);
  const sendQuestion = createQuestionSender(sending, bringer);

  async function sendNotice(platform: Platform, notice: DueNotice): Promise<void> {
    const settle = (outcome: NoticeOutcome) => store.settleNotice(owner, notice.key, outcome);
    const event = noticeBodySchema.parse(JSON.parse(notice.body));
    const known = readKnown(await store.known(notice.webcast));
    if (!known) return settle({ kind: 'dropped', reason: 'nothing is known of the webcast' });
    const [note] = await store.notes([notice.webcast]);
    const { to } = notice;
    const subscription =
      to.kind === 'person' ? undefined : await findSubscription(store, to.platform, to.place, known.webcast);
    const waiting = isStanding(event) ? isAfterwards(event) && notice.message === undefined : canWait(event);
    const quietUntil = waiting && subscription?.quietHours && endOfQuiet(subscription.quietHours, clock.now());
    if (isStanding(event)) {
      if (quietUntil) return settle({ kind: 'again', at: quietUntil, failed: false });
      return settle(await sendStanding(platform, notice, event, known, note));
    }
    if (to.kind !== 'person' && !isWanted(event, subscription))
      return settle({ kind: 'dropped', reason: 'it is not followed any more' });
    const stale = whyStale(event, known, note, isLast(event, subscription), clock.now());
    if (stale !== undefined) return settle({ kind: 'dropped', reason: stale });
    if (quietUntil) return settle({ kind: 'again', at: quietUntil, failed: false });
    const view = noticeOf(atThisMoment(event, known, clock.now()), standOfKnown(known, note, await sending.screen()));
    return settle(await send(platform, notice, view));
  }

  function sendStanding(
    platform: Platform,
    notice: DueNotice,
    body: Standing,
    known: Known,
    note: WebcastNote | undefined,
  ): Promise<NoticeOutcome> {
    const { to } = notice;
    switch (body.kind) {
      case 'report':
        return reports.send(platform, notice, body.number, known, note);
      case 'questions left':
        return handOvers.send(platform, notice, body.number, known, note);
      case 'openness':
        return openness.send(platform, notice, body.start, known, note);
      case 'snapshot':
        if (to.kind !== 'person') return sendSnapshot(platform, notice, to, body.number, known);
        return Promise.resolve({ kind: 'dropped', reason: 'figures go to channels' });
      case 'question':
      case 'crowd of questions':
        if (to.kind === 'channel' || to.kind === 'thread') return sendQuestion(platform, notice, to, body, known);
        return Promise.resolve({ kind: 'dropped', reason: 'questions go to channels' });
      default: {
        const never: never = body;
        return never;
      }
    }
  }

  async function send(platform: Platform, notice: DueNotice, view: View): Promise<NoticeOutcome> {
    const { to } = notice;
    switch (to.kind) {
      case 'person':
        await bringer.tell(platform, to, view);
        return { kind: 'sent' };
      case 'channel':
      case 'thread': {
        const brought = await bringer.post(platform, notice, to, view);
        return brought.kind === 'brought' ? { kind: 'sent' } : brought;
      }
      case 'card':
        return { kind: 'dropped', reason: 'the card says it' };
      default: {
        const never: never = to;
        return never;
      }
    }
  }

  return {
    send: sendNotice,
    async idle() {
      await Promise.all([reports.idle(), handOvers.idle(), openness.idle()]);
    },
  };
}

/** Whether the channel still follows the webcast, and wants this reminder; it may have changed its mind since. */
const isWanted = (event: Event, subscription: Subscription | undefined): boolean =>
  subscription !== undefined && (event.kind !== 'reminder' || subscription.reminders.includes(event.lead));

/** Whether this is the reminder after which no other comes. */
const isLast = (event: Event, subscription: Subscription | undefined): boolean =>
  event.kind === 'reminder' && event.lead === Math.min(...(subscription?.reminders ?? []));

/** Whether it comes after the show, so that its first message may wait until the quiet hours are over. */
const isAfterwards = ({ kind }: Standing): boolean => kind === 'report' || kind === 'questions left';

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
    case 'health changed':
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

/** A reminder that is late says how much time there still is, and of paths those that still are as they were. */
function atThisMoment(event: Event, known: Known, now: number): Event {
  if (event.kind === 'health changed') return { ...event, changes: stillTrue(event.changes, known) };
  if (event.kind !== 'reminder') return event;
  const left = Math.round((event.start - now) / 60_000);
  return event.lead - left > 1 ? { ...event, lead: left } : event;
}

const stillTrue = (changes: readonly HealthChange[], { health }: Known): HealthChange[] =>
  changes.filter(({ path, verdict }) => health?.[path]?.verdict === verdict);

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
    case 'health changed':
      return stillTrue(event.changes, known).length > 0 ? undefined : 'the picture has changed since';
    case 'reminder':
      if (isGone(known)) return 'Kaltura does not have it any more';
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
