import type { Clock } from '../../src/core/ports.js';
import { instant } from '../../src/core/webcast.js';

export interface TestClock extends Clock {
  advance(milliseconds: number): void;
}

/** A clock that a test owns: waiting on it takes no time and moves it on. */
export function createTestClock(start = '2026-11-22T12:00:00Z'): TestClock {
  let now = Date.parse(start);
  return {
    now: () => instant(now),
    async wait(milliseconds, signal) {
      signal?.throwIfAborted();
      now += milliseconds;
      await Promise.resolve();
    },
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}
