import type { Access } from '../core/access.js';
import type { Standing } from '../core/events.js';
import type { DueNotice, Notice, NoticeOutcome } from '../core/live.js';
import type { Platform } from '../core/ports.js';
import { type Instant, instant, type WebcastNote } from '../core/webcast.js';
import { lockedOutOf } from '../show/access.js';
import type { Bringer } from './bring.js';
import { createInquiries } from './inquiries.js';
import { isGone, type Known, runs } from './known.js';
import type { Sending } from './sending.js';
import { findSubscription } from './subscribed.js';
import { type About, nameOf, whoRunsIt } from './tell.js';

const minute = 60_000;
/** How long before the start it is tried, and how long after a plan that comes later than that. */
const lead = 15 * minute;
const breath = 2 * minute;
/** How soon it is seen whether Kaltura has answered, and how often a failure is asked again. */
const lookAgain = 1000;
const patience = 3;

/**
 * Has it tried once for each plan whether viewers could open a webcast: by the look that comes first within a quarter of
 * an hour of the start, and a moment later for what was planned or moved only then, since it may still be being made.
 */
export function opennessOf(before: Known | undefined, about: About): Notice[] {
  const { known, note, now } = about;
  const start = note?.start;
  if (start === undefined || now < start - lead) return [];
  const anew = before === undefined || before.missing > 0 || before.plan?.start !== start;
  if (!anew && before.seenAt >= start - lead) return [];
  const due = instant(anew ? now + breath : now);
  if (due >= start) return [];
  const webcast = known.webcast.id;
  const body: Standing = { kind: 'openness', start };
  return whoRunsIt(about).map((to) => {
    const key = `openness:${webcast}:${start}:${nameOf(to)}`;
    // A show that moves there and back again has another plan each time.
    return { key, webcast, to, body: JSON.stringify(body), due, again: 'if dropped' };
  });
}

/** Tries one webcast as viewers would, once however many are to be told, and tells only that nobody could open it. */
export function createOpennessSender({ store, clock, log, kaltura }: Sending, bringer: Bringer) {
  const trials = createInquiries<Access>(clock);

  async function send(
    platform: Platform,
    notice: DueNotice,
    start: Instant,
    known: Known,
    note: WebcastNote | undefined,
  ): Promise<NoticeOutcome> {
    const { webcast, to, attempts } = notice;
    const now = clock.now();
    if (to.kind === 'card') return { kind: 'dropped', reason: 'no card says it' };
    if (
      to.kind !== 'person' &&
      (await findSubscription(store, platform.name, to.place, known.webcast))?.side !== 'crew'
    )
      return { kind: 'dropped', reason: 'it is not followed any more' };
    if (note?.start !== start || now >= start || isGone(known) || runs(known.broadcast))
      return { kind: 'dropped', reason: 'the show moved, or has begun' };
    const tried = trials.send(`${webcast}:${start}`, () => kaltura.accessUnasked(webcast));
    if (tried.kind === 'under way') return { kind: 'again', at: instant(now + lookAgain), failed: false };
    if (tried.kind === 'failed') {
      log.warn({ err: tried.error, webcast, attempts }, 'It could not be tried whether viewers can open it');
      if (attempts >= patience) return { kind: 'dropped', reason: 'Kaltura does not tell who can open it' };
      return { kind: 'again', at: instant(now + minute * 2 ** attempts), failed: true };
    }
    const view = lockedOutOf(known.webcast, start, tried.value);
    if (view === undefined) return { kind: 'dropped', reason: 'nothing is known to lock viewers out' };
    const brought =
      to.kind === 'person' ? await bringer.tell(platform, to, view) : await bringer.post(platform, notice, to, view);
    return brought.kind === 'brought' ? { kind: 'sent' } : brought;
  }

  return { send, idle: () => trials.idle() };
}
