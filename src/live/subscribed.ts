import type { Place, Store } from '../core/ports.js';
import { ruleFor, type Subscription } from '../core/subscription.js';
import type { Webcast } from '../core/webcast.js';

/** The subscription under which a channel is told of a webcast; undefined when it does not follow it, or is paused. */
export async function findSubscription(
  store: Pick<Store, 'subscriptions'>,
  platform: string,
  place: Place,
  webcast: Webcast,
): Promise<Subscription | undefined> {
  return ruleFor(await store.subscriptions(platform, place), webcast);
}
