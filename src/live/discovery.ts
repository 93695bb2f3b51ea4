import type { LiveStore } from '../core/live.js';
import type { Clock, Kaltura, Store } from '../core/ports.js';
import type { Webcast } from '../core/webcast.js';
import type { Outage } from './outage.js';

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
  readonly outage: Outage;
}): Discovery {
  const { store, kaltura, clock, outage } = parts;
  let last: number | undefined;
  return {
    async round() {
      const now = clock.now();
      if (last !== undefined && Math.abs(now - last) < rhythm) return;
      if (outage.isResting() || !(await store.followsAny())) return;
      last = now;
      let found: readonly Webcast[];
      try {
        found = await kaltura.discover(newest);
      } catch (error) {
        outage.failed(error);
        return;
      }
      outage.answered();
      for (const id of await store.unwatched(found.map((webcast) => webcast.id))) await store.nudge(id, now);
    },
  };
}
