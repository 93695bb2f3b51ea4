import type { LiveStore } from '../core/live.js';
import type { Clock, Log } from '../core/ports.js';
import type { Instant } from '../core/webcast.js';

const second = 1000;
/** Smaller steps back, such as those that keep a clock in time, do no harm. */
const tolerance = 5 * second;
/** Nothing waits longer than this for its next turn, except reminders; at a start, what does was written by a wrong clock. */
const longestWait = 11 * 60 * second;

/** Notices when the clock was set back: what waits for a moment that is now far away would stand still until then. */
export interface Setback {
  /** At the start, when nobody knows what the clock said before. */
  start(): Promise<void>;
  round(): Promise<void>;
}

export function createSetback(parts: {
  readonly store: Pick<LiveStore, 'pullIn'>;
  readonly clock: Clock;
  readonly log: Log;
}): Setback {
  const { store, clock, log } = parts;
  let last: Instant | undefined;
  return {
    async start() {
      await store.pullIn(clock.now(), longestWait);
    },
    async round() {
      const now = clock.now();
      if (last !== undefined && last - now > tolerance) {
        log.warn({ by: last - now }, 'The clock was set back, everything is looked at anew');
        await store.pullIn(now, 0);
      }
      last = now;
    },
  };
}
