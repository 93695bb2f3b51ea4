import { BotError } from './errors.js';
import type { Clock } from './ports.js';

/** The longest that a caller waits for a platform's rate limit unless told, in milliseconds; a person does not wait longer. */
const usualPatience = 5000;

/** Lets calls of one key wait as long as the platform asked for, and no other key with them. */
export interface Backoff {
  /**
   * Runs the call, once more after a short wait; raises BotError busy when the platform asks for a longer one than
   * patience, in milliseconds.
   */
  run<T>(key: string, call: () => Promise<T>, patience?: number): Promise<T>;
}

export interface BackoffParts {
  /** The platform as people know it. */
  readonly platform: string;
  /** Milliseconds that an error asks to wait before the same is called again; undefined when it asks for nothing. */
  waitAskedBy(error: unknown): number | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Follows what a platform answers to calls that came too fast; asks nothing of it by itself. */
export function createBackoff({ platform, waitAskedBy, clock, signal }: BackoffParts): Backoff {
  const rests = new Map<string, { readonly from: number; readonly until: number }>();

  /** How long the key has to wait still, in milliseconds; a clock that was set back ends the wait. */
  function restOf(key: string): number {
    const { from, until } = rests.get(key) ?? { from: 0, until: 0 };
    const now = clock.now();
    return now < from ? 0 : until - now;
  }

  async function pause(key: string, patience: number): Promise<void> {
    const left = restOf(key);
    if (left <= 0) {
      rests.delete(key);
      return;
    }
    if (left > patience) throw busy(left);
    await clock.wait(left, signal);
  }

  function hold(key: string, error: unknown): void {
    const asked = waitAskedBy(error);
    if (asked === undefined) throw error;
    const from = clock.now();
    rests.set(key, { from, until: from + asked });
  }

  function busy(left: number, cause?: unknown): BotError {
    const seconds = Math.max(1, Math.ceil(left / 1000));
    const message = `${platform} takes no more messages here for a moment.`;
    return new BotError('busy', message, `Try again in ${seconds} s.`, cause, left);
  }

  return {
    async run(key, call, patience = usualPatience) {
      await pause(key, patience);
      try {
        return await call();
      } catch (error) {
        hold(key, error);
      }
      await pause(key, patience);
      try {
        return await call();
      } catch (error) {
        hold(key, error);
        throw busy(restOf(key), error);
      }
    },
  };
}
