import type { LiveStore } from '../core/live.js';
import type { Clock, Kaltura, Log, Place, Platform, Store } from '../core/ports.js';
import type { Method, Pace } from './pace.js';
import type { Screen } from './stand.js';

/** What the outbox works with. */
export interface OutboxParts {
  readonly store: LiveStore & Pick<Store, 'notes' | 'subscriptions' | 'broadcast' | 'question' | 'marks'>;
  readonly kaltura: Pick<Kaltura, 'reportsUnasked' | 'questions' | 'accessUnasked'>;
  screen(): Promise<Screen>;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly log: Log;
  readonly owner: string;
  readonly signal: AbortSignal;
}

/** How messages go out for which nobody waits. */
type Bulk = Pick<Platform, 'post' | 'update'>;

/** What a sender works with beside its own message. */
export interface Sending extends OutboxParts {
  /** Waits for the right to one call and makes it, or raises NotYet; the pace learns of what is refused for its rate. */
  paced<T>(platform: Platform, place: Place, method: Method, call: (bulk: Bulk) => Promise<T>): Promise<T>;
}
