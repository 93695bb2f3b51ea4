import { type Event, isStanding, noticeBodySchema, type Standing } from '../core/events.js';
import type { HealthChange } from '../core/health.js';
import type { DueNotice, NoticeOutcome } from '../core/live.js';
import type { Platform } from '../core/ports.js';
import type { View } from '../core/view.js';
import { instant, type WebcastNote } from '../core/webcast.js';
import { noticeOf } from '../show/notice.js';
import { createBringer } from './bring.js';
import { createHandOverSender } from './handover.js';
import { type Known, readKnown, runs } from './known.js';
import type { Sending } from './outbox.js';
import { createQuestionSender } from './questions.js';
import { stillReminds } from './remind.js';
import { createReportSender } from './reports.js';
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
  const { store, clock, owner, kaltura } = sending;
  const bringer = createBringer(sending);
  const sendSnapshot = createSnapshotSender(sending, bringer);
  const reports = createReportSender(sending, bringer);
  const handOvers = createHandOverSender(sending, bringer);
  const sendQuestion = createQuestionSender(sending, bringer);

  async function sendNotice(platform: Platform, notice: DueNotice): Promise<void> {
    const settle = (outcome: NoticeOutcome) => store.settleNotice(owner, notice.key, outcome);
    const event = noticeBodySchema.parse(JSON.parse(notice.body));
    const known = readKnown(await store.known(notice.webcast));
    if (!known) return settle({ kind: 'dropped', reason: 'nothing is known of the webcast' });
    const [note] = await store.notes([notice.webcast]);
    if (isStanding(event)) return settle(await sendStanding(platform, notice, event, known, note));
    const stale = whyStale(event, known, note, clock.now());
    if (stale !== undefined) return settle({ kind: 'dropped', reason: stale });
    if (!(await isWanted(notice, event, known)))
      return settle({ kind: 'dropped', reason: 'it is not followed any more' });
    const view = noticeOf(
      atThisMoment(event, known, clock.now()),
      standOfKnown(known, note, { addresses: kaltura.addresses, players: await kaltura.players() }),
    );
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

  /** Whether the channel still follows the webcast, and wants this reminder; it may have changed its mind since. */
  async function isWanted({ to }: DueNotice, event: Event, known: Known): Promise<boolean> {
    if (to.kind === 'person') return true;
    const subscription = await findSubscription(store, to.platform, to.place, known.webcast);
    return subscription !== undefined && (event.kind !== 'reminder' || subscription.reminders.includes(event.lead));
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

  return { send: sendNotice, idle: async () => void (await Promise.all([reports.idle(), handOvers.idle()])) };
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
    case 'health changed':
      return stillTrue(event.changes, known).length > 0 ? undefined : 'the picture has changed since';
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
