import { BotError } from '../core/errors.js';
import type { LiveStore } from '../core/live.js';
import type { Clock } from '../core/ports.js';

/** How often a database that is away is tried, in milliseconds. */
const pause = 1000;

/**
 * Writes what became of messages as soon as the database takes it: what was posted while it was away would be posted
 * again if that were forgotten. A stop ends the waiting; the claim then tells that the outcome is not known.
 */
export function persistOutcomes<S extends Pick<LiveStore, 'settleCard' | 'settleNotice'>>(
  store: S,
  clock: Clock,
  signal: AbortSignal,
): S {
  async function insist(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (signal.aborted || !(error instanceof BotError) || error.code !== 'unavailable') throw error;
      }
      await clock.wait(pause, signal);
    }
  }
  return {
    ...store,
    settleCard: (...outcome) => insist(() => store.settleCard(...outcome)),
    settleNotice: (...outcome) => insist(() => store.settleNotice(...outcome)),
  };
}
