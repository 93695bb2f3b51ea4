import type { DueNotice, NoticeOutcome, Recipient } from '../core/live.js';
import type { Platform } from '../core/ports.js';
import type { View } from '../core/view.js';
import { type Instant, instant } from '../core/webcast.js';
import { snapshotOf } from '../show/snapshot.js';
import type { Bringer } from './bring.js';
import { sightOf } from './figures.js';
import { isGone, type Known } from './known.js';
import type { Sending } from './sending.js';
import { findSubscription } from './subscribed.js';

const minute = 60_000;
/** How often a snapshot that has nothing to show looks again, and one of an account that lacks the reports. */
const waiting = minute;
const lacking = 60 * minute;

type Channel = Exclude<Recipient, { kind: 'person' }>;

/** Makes the sender of snapshots: one message for each broadcast and channel, edited as often as the channel asks now. */
export function createSnapshotSender(
  { store, clock }: Sending,
  bringer: Bringer,
): (platform: Platform, notice: DueNotice, to: Channel, number: number, known: Known) => Promise<NoticeOutcome> {
  return async (platform, notice, to, number, known) => {
    const record = await store.broadcast(notice.webcast, number);
    if (!record) return { kind: 'dropped', reason: 'the broadcast is not remembered' };
    const now = clock.now();
    const { name } = known.webcast;
    const over = record.ended !== undefined;
    const subscription = await findSubscription(store, platform.name, to.place, known.webcast);
    const sight = subscription && sightOf(subscription);
    const stands = notice.message !== undefined;
    if (sight === undefined || isGone(known) || (stands && subscription?.numbers === 'off'))
      return stop(platform, notice, to, () => snapshotOf(name, record, over ? 'over' : 'stopped', now));
    const next = (pause: number): Instant => instant(now + pause);
    const every = sight.every === 'end' ? undefined : sight.every;
    if (sight.where === 'card' && !stands) {
      if (over || every === undefined) return { kind: 'sent' };
      const last = record.points.at(-1);
      // A card that would look the same is left in peace.
      if (last !== undefined && now - last.at < every * minute + waiting)
        await store.touchCard(platform.name, to.place, notice.webcast);
      return { kind: 'standing', due: notice.due, next: next(every * minute) };
    }
    // It was asked for more often before, and stands as it is until the end.
    if (!over && every === undefined) return { kind: 'standing', due: notice.due, next: next(lacking) };
    const hopeful = record.lacking !== 'not in the account';
    if (!over && record.points.length === 0 && hopeful) return { kind: 'again', at: next(waiting), failed: false };
    const view = snapshotOf(name, record, over ? 'over' : (every ?? 'stopped'), now);
    const kind = sight.where === 'channel' ? 'channel' : 'thread';
    const brought = await (notice.message === undefined
      ? bringer.post(platform, notice, { ...to, kind }, view)
      : bringer.edit(platform, notice.message, to, view));
    if (brought.kind !== 'brought') return brought;
    if (over) return { kind: 'sent' };
    const pause = hopeful ? (every ?? 1) * minute : lacking;
    return { kind: 'standing', message: brought.message, due: notice.due, next: next(pause) };
  };

  /** Nobody wants it there any more: what stands says so. */
  async function stop(platform: Platform, notice: DueNotice, to: Channel, draw: () => View): Promise<NoticeOutcome> {
    if (notice.message !== undefined) await bringer.edit(platform, notice.message, to, draw());
    return { kind: 'dropped', reason: 'figures are not wanted there' };
  }
}
