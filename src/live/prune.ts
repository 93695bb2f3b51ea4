import type { LiveStore } from '../core/live.js';
import type { Clock, Log } from '../core/ports.js';
import { longestReminder } from '../core/subscription.js';
import { type EntryId, type Instant, instant } from '../core/webcast.js';
import { readKnown } from './known.js';

const minute = 60_000;
const rhythm = 60 * minute;
/** What is settled is kept for as long as the earliest reminder's key matters, since a show that moves is not reminded of twice. */
const kept = longestReminder * minute;
/** How much is forgotten, or looked through, in one round. */
const most = 1000;

/** Forgets from time to time what was settled long ago, so that the tables do not grow for ever. */
export interface Prune {
  round(): Promise<void>;
}

export function createPrune(parts: {
  readonly store: Pick<LiveStore, 'forgetNotices' | 'forgetQuestions' | 'finished' | 'forgetWebcasts'>;
  readonly clock: Clock;
  readonly log: Log;
}): Prune {
  const { store, clock, log } = parts;
  let last: Instant | undefined;
  let after: EntryId | undefined;
  return {
    async round() {
      const now = clock.now();
      if (last !== undefined && Math.abs(now - last) < rhythm) return;
      const before = instant(now - kept);
      const notices = await store.forgetNotices(before, most);
      await store.forgetQuestions(before);
      const finished = await store.finished(after, most);
      const old = finished
        .filter(({ known }) => (readKnown(known)?.seenAt ?? 0) < before)
        .map(({ webcast }) => webcast);
      await store.forgetWebcasts(old);
      // The next round goes on where this one ended, and after the last one begins anew.
      after = finished.length < most ? undefined : finished.at(-1)?.webcast;
      last = now;
      if (notices + old.length > 0)
        log.info({ notices, webcasts: old.length }, 'What was settled long ago is forgotten');
    },
  };
}
