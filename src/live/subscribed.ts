import type { Place, Store } from '../core/ports.js';
import { covers, mostSpecific, type Subscription } from '../core/subscription.js';
import type { Webcast } from '../core/webcast.js';

/** The subscription under which a channel is told of a webcast; undefined when it does not follow it, or is paused. */
export async function findSubscription(
  store: Pick<Store, 'subscriptions'>,
  platform: string,
  place: Place,
  webcast: Webcast,
): Promise<Subscription | undefined> {
  const own = await store.subscriptions(platform, place);
  return mostSpecific(own.filter(({ subject, paused }) => paused === undefined && covers(subject, webcast)))[0];
}
