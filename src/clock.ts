import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './core/ports.js';
import { instant } from './core/webcast.js';

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => instant(Date.now()),
  async wait(milliseconds, signal) {
    try {
      await sleep(milliseconds, undefined, signal ? { signal } : {});
    } catch (error) {
      // Node wraps the reason of an abort; callers want the reason itself.
      throw signal?.aborted ? signal.reason : error;
    }
  },
};
