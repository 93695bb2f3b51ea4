import { BotError } from '../../core/errors.js';
import type { Clock } from '../../core/ports.js';
import { ConnectorError } from './errors.js';

/** The longest that a caller waits for Teams' rate limit, in milliseconds; what a person waits on does not wait longer. */
const patience = 5000;
/** How long to hold back when Teams throttles without a Retry-After, in milliseconds. */
const standard = 2000;

/** Lets requests of one key (verb and conversation) wait as long as Teams asked for, and no other key with them. */
export interface Pace {
  /** Runs the call, once more after a short Retry-After; raises BotError busy when Teams asks for longer. */
  run<T>(key: string, call: () => Promise<T>): Promise<T>;
}

export function createPace(clock: Clock, signal: AbortSignal): Pace {
  const rests = new Map<string, { readonly from: number; readonly until: number }>();

  /** How long the key has to wait still, in milliseconds; a clock that was set back ends the wait. */
  function restOf(key: string): number {
    const { from, until } = rests.get(key) ?? { from: 0, until: 0 };
    const now = clock.now();
    return now < from ? 0 : until - now;
  }

  function rest(key: string, milliseconds: number): void {
    const from = clock.now();
    rests.set(key, { from, until: from + milliseconds });
  }

  async function hold(key: string): Promise<void> {
    const left = restOf(key);
    if (left <= 0) {
      rests.delete(key);
      return;
    }
    if (left > patience) throw busy(left);
    await clock.wait(left, signal);
  }

  function note(key: string, error: unknown): void {
    if (!(error instanceof ConnectorError) || error.outcome.kind !== 'refused' || error.outcome.status !== 429)
      throw error;
    rest(key, error.outcome.retryAfter ?? standard);
  }

  return {
    async run(key, call) {
      await hold(key);
      try {
        return await call();
      } catch (error) {
        note(key, error);
      }
      await hold(key);
      try {
        return await call();
      } catch (error) {
        note(key, error);
        throw busy(restOf(key), error);
      }
    },
  };
}

function busy(left: number, cause?: unknown): BotError {
  const seconds = Math.max(1, Math.ceil(left / 1000));
  return new BotError(
    'busy',
    'Teams takes no more messages here for a moment.',
    `Try again in ${seconds} s.`,
    cause,
    left,
  );
}
