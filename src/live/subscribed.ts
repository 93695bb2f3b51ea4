import type { Place, Store } from '../core/ports.js';
import { mostSpecific, type Subscription } from '../core/subscription.js';
import type { Webcast } from '../core/webcast.js';

/** The subscription under which a channel is told of a webcast; undefined when it does not follow it, or is paused. */
export async function findSubscription(
  store: Pick<Store, 'subscriptions'>,
  platform: string,
  place: Place,
  webcast: Webcast,
): Promise<Subscription | undefined> {
  const tags = [...webcast.tags, ...webcast.adminTags].map((tag) => tag.toLowerCase());
  const fitting = (await store.subscriptions(platform, place)).filter(({ subject, paused }) => {
    if (paused !== undefined) return false;
    if (subject.kind === 'webcast') return subject.webcast === webcast.id;
    return subject.kind === 'all' || tags.includes(subject.tag);
  });
  return mostSpecific(fitting)[0];
}
