import { webApi } from '@slack/bolt';
import { BotError } from '../../core/errors.js';
import type { Clock } from '../../core/ports.js';

/** The longest that a caller waits for Slack's rate limit, in milliseconds. */
const patience = 5000;

/** Lets calls of one key (method and channel) wait as long as Slack asked for, and no other key with them. */
export interface Pace {
  /** Runs the call, once more after a short Retry-After; raises BotError busy when Slack asks for longer. */
  run<T>(key: string, call: () => Promise<T>): Promise<T>;
}

export function createPace(clock: Clock, signal: AbortSignal): Pace {
  const until = new Map<string, number>();

  async function pause(key: string): Promise<void> {
    const left = (until.get(key) ?? 0) - clock.now();
    if (left <= 0) {
      until.delete(key);
      return;
    }
    if (left > patience) throw busy(left);
    await clock.wait(left, signal);
  }

  function hold(key: string, error: unknown): void {
    if (!(error instanceof webApi.WebAPIRateLimitedError)) throw error;
    until.set(key, clock.now() + error.retryAfter * 1000);
  }

  return {
    async run(key, call) {
      await pause(key);
      try {
        return await call();
      } catch (error) {
        hold(key, error);
      }
      await pause(key);
      try {
        return await call();
      } catch (error) {
        hold(key, error);
        throw busy((until.get(key) ?? 0) - clock.now(), error);
      }
    },
  };
}

function busy(left: number, cause?: unknown): BotError {
  const seconds = Math.max(1, Math.ceil(left / 1000));
  return new BotError(
    'busy',
    'Slack takes no more messages here for a moment.',
    `Try again in ${seconds} s.`,
    cause,
    left,
  );
}
