import type { Clock } from '../../../src/core/ports.js';
import { instant } from '../../../src/core/webcast.js';

interface Waiting {
  readonly until: number;
  resolve(): void;
}

/** A clock that stands until a test moves it. */
export interface HandClock extends Clock {
  /** Moves on and lets everything that is due go on. */
  advance(milliseconds: number): void;
  /** Resolves as soon as somebody waits for at least that long. */
  waitedOn(milliseconds: number): Promise<void>;
}

export function createHandClock(start: number): HandClock {
  let now = start;
  let waiting: Waiting[] = [];
  const watchers: { readonly least: number; resolve(): void }[] = [];
  return {
    now: () => instant(now),
    wait(milliseconds, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const entry = { until: now + milliseconds, resolve };
        waiting.push(entry);
        signal?.addEventListener('abort', () => {
          waiting = waiting.filter((one) => one !== entry);
          reject(signal.reason);
        });
        for (const watcher of watchers) if (milliseconds >= watcher.least) watcher.resolve();
      });
    },
    advance(milliseconds) {
      now += milliseconds;
      const due = waiting.filter((one) => one.until <= now);
      waiting = waiting.filter((one) => one.until > now);
      for (const one of due) one.resolve();
    },
    waitedOn(milliseconds) {
      if (waiting.some((one) => one.until - now >= milliseconds)) return Promise.resolve();
      return new Promise((resolve) => {
        watchers.push({ least: milliseconds, resolve });
      });
    },
  };
}
