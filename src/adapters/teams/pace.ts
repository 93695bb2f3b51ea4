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
  const until = new Map<string, number>();

  async function hold(key: string): Promise<void> {
    const left = (until.get(key) ?? 0) - clock.now();
    if (left <= 0) {
      until.delete(key);
      return;
    }
    if (left > patience) throw busy(left);
    await clock.wait(left, signal);
  }

  function note(key: string, error: unknown): void {
    if (!(error instanceof ConnectorError) || error.outcome.kind !== 'refused' || error.outcome.status !== 429)
      throw error;
    until.set(key, clock.now() + (error.outcome.retryAfter ?? standard));
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
        throw busy((until.get(key) ?? 0) - clock.now(), error);
      }
    },
  };
}

function busy(left: number, cause?: unknown): BotError {
  const seconds = Math.max(1, Math.ceil(left / 1000));
  return new BotError('busy', 'Teams takes no more messages here for a moment.', `Try again in ${seconds} s.`, cause);
}
