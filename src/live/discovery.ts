import type { LiveStore } from '../core/live.js';
import type { Clock, Kaltura, Log, Store } from '../core/ports.js';

/** How often the account is searched for webcasts that others made, in milliseconds, and how many of the newest are read. */
const rhythm = 60_000;
const newest = 100;

/** Finds webcasts that were not made here, for channels that follow all or a tag. */
export interface Discovery {
  round(): Promise<void>;
}

export function createDiscovery(parts: {
  readonly store: LiveStore & Pick<Store, 'nudge'>;
  readonly kaltura: Pick<Kaltura, 'discover'>;
  readonly clock: Clock;
  readonly log: Log;
}): Discovery {
  const { store, kaltura, clock, log } = parts;
  let last: number | undefined;
  return {
    async round() {
      const now = clock.now();
      if (last !== undefined && Math.abs(now - last) < rhythm) return;
      if (!(await store.followsAny())) return;
      last = now;
      try {
        const found = await kaltura.discover(newest);
        for (const id of await store.unwatched(found.map((webcast) => webcast.id))) await store.nudge(id, now);
      } catch (error) {
        log.warn({ err: error }, 'The account could not be searched for new webcasts');
      }
    },
  };
}
