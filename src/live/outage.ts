import type { Clock, Log } from '../core/ports.js';
import { type Instant, instant } from '../core/webcast.js';

const second = 1000;
/** How long a Kaltura that does not answer is left alone, at first and at most, so that cards are true soon after it is back. */
const pauses = { first: 5 * second, longest: 15 * second };

/** Whether Kaltura answers what nobody asked for; while it does not, one question at a time finds out whether it does again. */
export interface Outage {
  /** Since when it has not answered; undefined while it does. */
  readonly since: Instant | undefined;
  /** Whether it is left alone at this moment. */
  isResting(): boolean;
  /** Ends the rest: somebody has just heard of it. */
  wake(): void;
  /** Notes that it did not answer and gives when to try again. The log is told of the first time alone. */
  failed(error: unknown): Instant;
  answered(): void;
}

export function createOutage(parts: { clock: Clock; log: Log; random(): number }): Outage {
  const { clock, log } = parts;
  let since: Instant | undefined;
  let failures = 0;
  let rest = { from: 0, until: 0 };

  return {
    get since() {
      return since;
    },
    isResting() {
      const now = clock.now();
      return now >= rest.from && now < rest.until;
    },
    wake() {
      rest = { from: 0, until: 0 };
    },
    failed(error) {
      const now = clock.now();
      const pause = Math.min(pauses.longest, pauses.first * 2 ** failures) * (0.9 + parts.random() / 5);
      const until = instant(now + Math.round(pause));
      rest = { from: now, until };
      failures += 1;
      if (since === undefined) log.warn({ err: error }, 'Kaltura cannot be looked at, it is tried until it answers');
      else log.debug({ err: error, failures }, 'Kaltura cannot be looked at yet');
      since ??= now;
      return until;
    },
    answered() {
      if (since !== undefined) log.info({ since, failures }, 'Kaltura answers again');
      since = undefined;
      failures = 0;
      rest = { from: 0, until: 0 };
    },
  };
}
